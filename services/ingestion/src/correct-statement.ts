import {
  applyMergePatch,
  changedFields,
  ProblemError,
  readStatementInput,
  sameContent,
  sameJson,
  streamOf,
} from '@stance/contracts';
import type { Correction, StatementContent, StatementCorrected, StatementRuleOptions } from '@stance/contracts';

import { existingStatement, mayBeResent, requireRevision } from './change-precondition.ts';
import type { ChangeOptions } from './change-precondition.ts';
import type { RecordedStatement } from './recorded-statement.ts';
import { unknownReferences } from './references.ts';
import type { References } from './references.ts';
import type { Store } from './store.ts';
import { newEvent } from './write-context.ts';
import type { NewId } from './write-context.ts';
import { writeToStream } from './write-to-stream.ts';
import type { Written } from './written.ts';

/**
 * Corrects the record of a statement. The same correction sent again is a duplicate, even if others came after it, so
 * that a late retry undoes nobody's work; so is one that changes nothing.
 *
 * @throws ProblemError `unknown-statement`, `statement-retracted`, `revision-mismatch`, `invalid-input` (the statement
 *   would break a rule), `unknown-actor`, `too-large`, `concurrent-write`, `stream-unreadable`, or a failure of the store
 */
export type CorrectStatement = (id: string, correction: Correction, options: ChangeOptions) => Promise<Written>;

export interface CorrectStatementParts {
  readonly store: Store;
  readonly references: References;
  readonly newId: NewId;
  readonly rules: () => StatementRuleOptions;
  readonly statementBytes: number;
}

export const createCorrectStatement = (parts: CorrectStatementParts): CorrectStatement => {
  const { store, references, newId, rules, statementBytes } = parts;

  const requireReferences = async (content: StatementContent): Promise<void> => {
    const unregistered = await references.unregistered(references.notRemembered([content]).named);
    const unknown = unknownReferences(content, unregistered);
    if (unknown !== null) throw new ProblemError(unknown.code, { detail: unknown.detail, errors: unknown.errors });
  };

  return (id, correction, { context, expectedRevision }) =>
    writeToStream(store, streamOf('statement', id), async () => {
      const statement = await existingStatement(store, id);
      const earlier = sameCorrection(statement, correction, expectedRevision);
      if (earlier !== undefined) return { written: duplicateOf(earlier) };
      requireRevision(statement, expectedRevision);
      if (statement.retraction !== null) {
        throw new ProblemError('statement-retracted', { detail: `Statement "${id}" was retracted.` });
      }
      const content = corrected(statement.content, correction, rules(), statementBytes);
      if (sameContent(content, statement.content)) {
        return { written: duplicateOf(statement.corrections.at(-1) ?? statement.made) };
      }
      await requireReferences(content);
      const { holder, proposition } = content;
      const { reason, patch } = correction;
      const changed = changedFields(statement.content, correction, content);
      const data = { statementId: id, holder, proposition, reason, changed, patch: { ...patch }, statement: content };
      return { append: newEvent(newId, context, 'StatementCorrected', data), after: statement.revision };
    });
};

const sameCorrection = (
  { corrections }: RecordedStatement,
  { reason, patch }: Correction,
  expected: number | undefined,
): StatementCorrected | undefined =>
  corrections.findLast(
    ({ data, revision }) => data.reason === reason && mayBeResent(revision, expected) && sameJson(data.patch, patch),
  );

const duplicateOf = ({ stream, revision, position }: Omit<Written, 'outcome'>): Written => ({
  stream,
  revision,
  position,
  outcome: 'duplicate',
});

const corrected = (
  content: StatementContent,
  { patch }: Correction,
  rules: StatementRuleOptions,
  statementBytes: number,
): StatementContent => {
  const reading = readStatementInput(applyMergePatch(content, patch), rules);
  if ('problems' in reading) {
    throw new ProblemError('invalid-input', {
      detail: 'The corrected statement would not be valid.',
      errors: reading.problems,
    });
  }
  const bytes = Buffer.byteLength(JSON.stringify(reading.ok.content));
  if (bytes > statementBytes) {
    throw new ProblemError('too-large', {
      detail: `The corrected statement would take ${bytes} bytes of at most ${statementBytes}.`,
    });
  }
  return reading.ok.content;
};
