import { parseDate } from './dates-stopgap.ts';
import type { Day, DayInterval } from '@stance/domain';

import type { InputIssue } from './problem.ts';
import type { StatementContent } from './statement.ts';

/**
 * Checks the dates of a statement: each is a date, and together they say when it was said. `saidAt` is cut off at
 * `source.publishedAt`; one of them has to set an end, which without `publishedAt` may not lie after the day of receipt.
 */
export const checkStatementDates = (
  { saidAt, heldSince, source }: StatementContent,
  receivedOn: Day,
  issues: InputIssue[],
): void => {
  const before = issues.length;
  const said = readDate(saidAt, 'saidAt', issues);
  const published = readDate(source?.publishedAt, 'source.publishedAt', issues);
  readDate(heldSince, 'heldSince', issues);
  if (issues.length > before) return;

  if (published === undefined) {
    if (said === undefined) {
      issues.push({ path: 'saidAt', message: 'is required where `source.publishedAt` is not given' });
    } else if (said.latest === null || said.latest > receivedOn) {
      issues.push({ path: 'saidAt', message: 'must not end after today where `source.publishedAt` is not given' });
    }
    return;
  }
  if (said?.earliest != null && published.latest !== null && said.earliest > published.latest) {
    issues.push({ path: 'saidAt', message: 'must not begin after `source.publishedAt`' });
  }
  if ((said === undefined || said.latest === null) && published.latest === null) {
    issues.push({ path: 'source.publishedAt', message: 'must have an end where `saidAt` has none' });
  }
};

const readDate = (text: string | undefined, path: string, issues: InputIssue[]): DayInterval | undefined => {
  if (text === undefined) return undefined;
  const days = parseDate(text);
  if (days === null) issues.push({ path, message: 'must be an EDTF date (level 1) that exists, or an instant' });
  return days ?? undefined;
};
