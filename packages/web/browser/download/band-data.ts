import type { Band } from '../data/bands.ts';
import { isoOf } from '../data/days.ts';

/** A field of CSV (RFC 4180). What a spreadsheet would run as a formula is marked as text. */
export const csvField = (value: string | number | null): string => {
  const given = value === null ? '' : String(value);
  const isRisky = typeof value === 'string' && /^[=+\-@\t\r]/.test(given) && !/^-\d{4}-\d{2}-\d{2}$/.test(given);
  const safe = isRisky ? `'${given}` : given;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const columns = [
  'holder',
  'holderName',
  'proposition',
  'propositionText',
  'direction',
  'strength',
  'from',
  'to',
  'status',
] as const;

/** One line for each span of each band. */
export const bandsAsCsv = (bands: readonly Band[]): string => {
  const rows = bands.flatMap(({ holder, holderName, proposition, propositionText, spans }) =>
    spans.map(({ direction, strength, from, to, status }) => [
      holder,
      holderName,
      proposition,
      propositionText,
      direction,
      strength,
      isoOf(from),
      to === null ? null : isoOf(to),
      status,
    ]),
  );
  return `${[columns, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
};

/** The changes behind the bands as the service told them, one a line. */
export const bandsAsNdjson = (bands: readonly Band[]): string =>
  bands.flatMap(({ changes }) => changes.map((change) => `${JSON.stringify(change)}\n`)).join('');
