import { ProblemError } from '@stance/contracts';
import type { StatementContent, SubmittedStatement } from '@stance/contracts';

import { unreadable } from './read-events.ts';
import { readStatement } from './recorded-statement.ts';
import type { StatementRejected } from './statement-result.ts';
import type { Store } from './store.ts';

/** Refuses disownings of statements that are known to be somebody else's, by the ids of the disownings. */
export type RefuseForeignDisownings = (
  submissions: readonly SubmittedStatement[],
) => Promise<ReadonlyMap<string, StatementRejected>>;

const none: ReadonlyMap<string, StatementRejected> = new Map();

const targetOf = ({ disowns }: StatementContent): string | null =>
  disowns !== undefined && 'statementId' in disowns ? disowns.statementId : null;

/**
 * What is taken back may come later: only what is recorded already, or comes with the disowning, is looked at. A disowning
 * that is recorded already stays what it is. Where nobody can read whom actors answer as, one of what stands under another
 * name is refused for that (`stream-unreadable`).
 *
 * @param survivors tells whom each actor answers as, after merges
 */
export const createForeignDisownings =
  (store: Store, survivors: () => Promise<(actor: string) => string>): RefuseForeignDisownings =>
  async (submissions) => {
    const disownings = submissions.filter(({ content }) => targetOf(content) !== null);
    if (disownings.length === 0) return none;
    const survivorOf = await survivors().catch(unreadable);
    const together = new Map(submissions.map(({ id, content }) => [id, content]));
    const holderOf = async (id: string): Promise<string | null> =>
      // What cannot be read says nothing of whose it is.
      together.get(id)?.holder ?? (await readStatement(store, id).catch(() => null))?.content.holder ?? null;

    const refused = new Map<string, StatementRejected>();
    for (const { id, content } of disownings) {
      const target = targetOf(content) ?? '';
      const holder = await holderOf(target);
      if (holder === null || holder === content.holder) continue;
      const isUnread = survivorOf instanceof ProblemError;
      if (!isUnread && survivorOf(holder) === survivorOf(content.holder)) continue;
      if ((await readStatement(store, id).catch(() => null)) !== null) continue;
      if (isUnread) {
        const { code, message: detail, retryable } = survivorOf;
        refused.set(id, { outcome: 'rejected', statementId: id, error: { code, detail, retryable } });
        continue;
      }
      const message = `Statement "${target}" is of ${holder}: only ${holder} can take it back.`;
      refused.set(id, {
        outcome: 'rejected',
        statementId: id,
        error: {
          code: 'not-own-statement',
          detail: message,
          retryable: false,
          errors: [{ path: 'disowns.statementId', message }],
        },
      });
    }
    return refused;
  };
