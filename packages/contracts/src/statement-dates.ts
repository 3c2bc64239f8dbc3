import { DateError, saidInterval } from '@stance/domain';
import type { Day } from '@stance/domain';

import type { InputIssue } from './problem.ts';
import { dateIssue } from './date-issue.ts';
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
  const publishedAt = source?.publishedAt;
  try {
    saidInterval(saidAt, publishedAt, receivedOn);
  } catch (error) {
    if (!(error instanceof DateError)) throw error;
    const wrong = [dateIssue(saidAt, 'saidAt'), dateIssue(publishedAt, 'source.publishedAt')].filter(
      (issue) => issue !== null,
    );
    const aboutPublication = error.code === 'date-missing' && publishedAt !== undefined;
    if (wrong.length > 0) issues.push(...wrong);
    else issues.push({ path: aboutPublication ? 'source.publishedAt' : 'saidAt', message: error.message });
  }
  const since = dateIssue(heldSince, 'heldSince');
  if (since !== null) issues.push(since);
};
