import { ProblemError, streamOf } from '@stance/contracts';

import { existingStatement, mayBeResent, requireRevision } from './change-precondition.ts';
import type { ChangeOptions } from './change-precondition.ts';
import type { Store } from './store.ts';
import { newEvent } from './write-context.ts';
import type { NewId } from './write-context.ts';
import { writeToStream } from './write-to-stream.ts';
import type { Written } from './written.ts';

/**
 * Takes a statement out of the record. The same retraction sent again is a duplicate.
 *
 * @throws ProblemError `unknown-statement`, `statement-retracted` (for another reason), `revision-mismatch`,
 *   `concurrent-write`, `stream-unreadable`, or a failure of the store
 */
export type RetractStatement = (id: string, reason: string, options: ChangeOptions) => Promise<Written>;

export const createRetractStatement =
  (store: Store, newId: NewId): RetractStatement =>
  (id, reason, { context, expectedRevision }) =>
    writeToStream(store, streamOf('statement', id), async () => {
      const statement = await existingStatement(store, id);
      const { retraction, made } = statement;
      if (
        retraction !== null &&
        retraction.data.reason === reason &&
        mayBeResent(retraction.revision, expectedRevision)
      ) {
        const { stream, revision, position } = retraction;
        return { written: { stream, revision, position, outcome: 'duplicate' } };
      }
      requireRevision(statement, expectedRevision);
      if (retraction !== null) {
        const detail = `Statement "${id}" was retracted already: ${retraction.data.reason}`;
        throw new ProblemError('statement-retracted', { detail });
      }
      const { holder, proposition } = made.data.statement;
      const event = newEvent(newId, context, 'StatementRetracted', { statementId: id, holder, proposition, reason });
      return { append: event, after: statement.revision };
    });
