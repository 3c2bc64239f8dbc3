import { DateError } from './date-error.ts';
import { formatDay } from './day.ts';
import type { Day } from './day.ts';
import { daysOf } from './edtf.ts';
import type { SaidInterval } from './known-statement.ts';

/** Throws a `DateError` `said-after-receipt`. */
const checkReceipt = (saidAt: string, receivedOn: Day): void => {
  const { latest } = daysOf(saidAt);
  if (latest !== null && latest <= receivedOn) return;
  const end = latest === null ? 'has no end' : `ends on ${formatDay(latest)}`;
  throw new DateError(
    'said-after-receipt',
    `saidAt ${end}, and without source.publishedAt it may not go beyond the day of receipt (${formatDay(receivedOn)})`,
  );
};

/**
 * When something was said that is to be recorded: as `recordedInterval`, but that without `publishedAt` it may not go
 * beyond the day of receipt.
 * Throws a `DateError`: what `recordedInterval` throws, `said-after-receipt`.
 */
export const saidInterval = (
  saidAt: string | undefined,
  publishedAt: string | undefined,
  receivedOn: Day,
): SaidInterval => {
  if (saidAt !== undefined && publishedAt === undefined) checkReceipt(saidAt, receivedOn);
  return recordedInterval(saidAt, publishedAt, receivedOn);
};

/**
 * When something was said that is recorded: `saidAt`, cut off at `publishedAt`; where it is missing, assumed to be that of
 * publication. Both are EDTF or instants. `receivedOn`, the day of receipt, only ends what has no end: by a clock that was
 * set back, it may lie before what was accepted.
 * Throws a `DateError`: what `daysOf` throws, `date-missing`, `said-after-published`.
 */
export const recordedInterval = (
  saidAt: string | undefined,
  publishedAt: string | undefined,
  receivedOn: Day,
): SaidInterval => {
  if (publishedAt === undefined) {
    if (saidAt === undefined) throw new DateError('date-missing', 'one of saidAt and source.publishedAt is required');
    const { earliest, latest } = daysOf(saidAt);
    return { earliest, latest: latest ?? Math.max(receivedOn, earliest ?? receivedOn), assumed: false };
  }
  const published = daysOf(publishedAt);
  if (published.latest === null) {
    throw new DateError(
      'date-missing',
      'source.publishedAt has no end, so nothing says when it was published at the latest',
    );
  }
  if (saidAt === undefined) return { earliest: published.earliest, latest: published.latest, assumed: true };
  const { earliest, latest } = daysOf(saidAt);
  if (earliest !== null && earliest > published.latest) {
    throw new DateError(
      'said-after-published',
      `saidAt begins on ${formatDay(earliest)}, after it was published (${formatDay(published.latest)})`,
    );
  }
  return { earliest, latest: latest === null ? published.latest : Math.min(latest, published.latest), assumed: false };
};
