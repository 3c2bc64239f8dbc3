import { ProblemError } from '@stance/contracts';

import type { RecordedStatement } from './recorded-statement.ts';
import { readStatement } from './recorded-statement.ts';
import type { Store } from './store.ts';
import type { WriteContext } from './write-context.ts';

export interface ChangeOptions {
  readonly context: WriteContext;
  /** The revision that the statement has to be at; whatever it is, where absent. */
  readonly expectedRevision?: number;
}

/** @throws ProblemError `unknown-statement` */
export const existingStatement = async (store: Store, id: string): Promise<RecordedStatement> => {
  const statement = await readStatement(store, id);
  if (statement === null) throw new ProblemError('unknown-statement', { detail: `There is no statement "${id}".` });
  return statement;
};

/** @throws ProblemError `revision-mismatch` */
export const requireRevision = (statement: RecordedStatement, expected: number | undefined): void => {
  const { revision } = statement;
  if (expected === undefined || expected === revision) return;
  throw new ProblemError('revision-mismatch', {
    detail: `Statement "${statement.made.data.statementId}" is at revision ${revision}, not ${expected}.`,
    headers: { ETag: `"${revision}"` },
    extra: { revision },
  });
};

/**
 * Whether the event of this revision can be what an earlier sending of the same call wrote: without a precondition
 * always, else only if it stands right after the revision asked for.
 */
export const mayBeResent = (revision: number, expected: number | undefined): boolean =>
  expected === undefined || revision === expected + 1;
