import { inputIssues } from './input-issues.ts';
import type { InputIssue } from './problem.ts';
import { checkStatement } from './statement-rules.ts';
import type { StatementRuleOptions } from './statement-rules.ts';
import { deriveStatementId } from './statement-id.ts';
import { statementInputSchema } from './statement.ts';
import type { StatementContent } from './statement.ts';

/** A statement ready to be recorded. */
export interface SubmittedStatement {
  /** The caller's, or the derived one. */
  readonly id: string;
  readonly content: StatementContent;
}

export type StatementReading = { readonly ok: SubmittedStatement } | { readonly problems: readonly InputIssue[] };

/**
 * Reads a statement as submitted: the schema, the defaults, the rules across fields, its id. A `speaker` who is the
 * holder is left out: it says nothing, and the statement is the same with and without it.
 */
export const readStatementInput = (value: unknown, options: StatementRuleOptions): StatementReading => {
  const parsed = statementInputSchema.safeParse(value);
  if (!parsed.success) return { problems: inputIssues(parsed.error) };
  const { id, ...rest } = parsed.data;
  if (rest.speaker === rest.holder) delete rest.speaker;
  const { act = 'assert', authority = rest.speaker === undefined ? 'self' : 'attributed' } = rest;
  const content: StatementContent = Object.assign(rest, { act, authority });
  const problems = checkStatement(content, options);
  const own = id ?? deriveStatementId(content);
  if (content.replaces === own) problems.push({ path: 'replaces', message: 'names the statement itself' });
  return problems.length > 0 ? { problems } : { ok: { id: own, content } };
};
