import type { Day } from '@stance/domain';

import type { InputIssue } from './problem.ts';
import type { StatementContent } from './statement.ts';
import { checkStatementDates } from './statement-dates.ts';

/** Acts that point at another stance, and so have no direction of their own. */
const pointing = new Set(['endorse', 'reject', 'disown']);

export interface StatementRuleOptions {
  /** The day on which the service received it. */
  readonly receivedOn: Day;
}

/** The rules across the fields of a statement whose single fields are in order; empty where it breaks none. */
export const checkStatement = (statement: StatementContent, options: StatementRuleOptions): InputIssue[] => {
  const issues: InputIssue[] = [];
  checkAct(statement, issues);
  if (statement.authority === 'self' && statement.speaker !== undefined && statement.speaker !== statement.holder) {
    issues.push({ path: 'authority', message: 'cannot be `self` where somebody other than the holder speaks' });
  }
  if (statement.quote !== undefined) checkOffsets(statement.quote, issues);
  checkStatementDates(statement, options.receivedOn, issues);
  return issues;
};

const checkAct = ({ act, holder, direction, endorses, disowns }: StatementContent, issues: InputIssue[]): void => {
  if (pointing.has(act)) {
    if (direction !== undefined)
      issues.push({ path: 'direction', message: `must not be given with the act \`${act}\`` });
  } else if (direction === undefined) {
    issues.push({ path: 'direction', message: 'is required' });
  }
  const endorsing = act === 'endorse' || act === 'reject';
  if (endorsing && endorses === undefined) {
    issues.push({ path: 'endorses', message: `is required with the act \`${act}\`` });
  }
  if (endorses?.holder === holder) {
    issues.push({ path: 'endorses.holder', message: 'must be somebody else than the holder: nobody endorses himself' });
  }
  if (!endorsing && endorses !== undefined) {
    issues.push({ path: 'endorses', message: 'belongs to the acts `endorse` and `reject` only' });
  }
  if (act === 'disown' && disowns === undefined) {
    issues.push({ path: 'disowns', message: 'is required with the act `disown`' });
  }
  if (act !== 'disown' && disowns !== undefined) {
    issues.push({ path: 'disowns', message: 'belongs to the act `disown` only' });
  }
};

const checkOffsets = ({ exact, start, end }: NonNullable<StatementContent['quote']>, issues: InputIssue[]): void => {
  if (start === undefined && end === undefined) return;
  if (start === undefined) issues.push({ path: 'quote.start', message: 'is required where `end` is given' });
  else if (end === undefined) issues.push({ path: 'quote.end', message: 'is required where `start` is given' });
  else if (end - start !== exact.length) {
    issues.push({
      path: 'quote.end',
      message: `end - start is ${end - start}, but \`exact\` is ${exact.length} UTF-16 units long`,
    });
  }
};
