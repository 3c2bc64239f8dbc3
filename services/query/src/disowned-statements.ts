import type { DisowningAnswer, StatementContent } from '@stance/contracts';
import { holderOf } from '@stance/read-model';
import type { ReadModel, StatementRow } from '@stance/read-model';

import { survivorsAt } from './survivors-at.ts';

/** So many of what it takes back are named. */
const mostNamed = 20;

const contentOf = ({ body }: StatementRow): StatementContent => JSON.parse(body) as StatementContent;

const inVain = (reason: NonNullable<DisowningAnswer['reason']>): DisowningAnswer => ({ effective: false, reason });

/** Of an utterance: it may be about several propositions. */
const ofUtterance = (rows: readonly StatementRow[]): DisowningAnswer => {
  if (rows.length === 0) return inVain('nothing-known');
  const more = rows.length > mostNamed ? { more: true as const } : {};
  return { effective: true, statements: rows.slice(0, mostNamed).map(({ id }) => id), ...more };
};

/**
 * What a disowning takes back, or why nothing: what it names may come later, and turn out to be another holder's. The
 * rules are those of `isDisowning` and `withDisownings` of the domain. `null` for all other statements.
 */
export const disownedStatements = async (
  readModel: ReadModel,
  row: StatementRow,
  knownAt: number,
): Promise<DisowningAnswer | null> => {
  const { disowns, condition } = contentOf(row);
  if (disowns === undefined) return null;
  if (condition !== undefined) return inVain('under-condition');
  return readModel.read(async (snapshot) => {
    const survivors = await survivorsAt(snapshot, knownAt);
    const holder = survivors.of(holderOf(row.history));
    if ('utteranceId' in disowns) {
      const { utteranceId } = disowns;
      const holders = survivors.members(holder);
      return ofUtterance(await snapshot.utterance({ utteranceId, holders, knownAt, limit: mostNamed + 1 }));
    }
    const [target] = await snapshot.knownStatements([disowns.statementId], knownAt);
    if (target === undefined) return inVain('nothing-known');
    if (survivors.of(holderOf(target.history)) !== holder) return inVain('of-another-holder');
    if (contentOf(target).act === 'disown') return inVain('is-a-disowning');
    return { effective: true, statements: [target.id] };
  });
};
