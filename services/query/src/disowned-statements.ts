import type { DisowningAnswer, StatementContent } from '@stance/contracts';
import { holderOf } from '@stance/read-model';
import type { ReadModel, StatementRow } from '@stance/read-model';

import { survivorsAt } from './survivors-at.ts';

const statementsAPage = 2000;
/** So many of what it takes back are named. */
const mostNamed = 20;

const contentOf = ({ body }: StatementRow): StatementContent => JSON.parse(body) as StatementContent;

const inVain = (reason: NonNullable<DisowningAnswer['reason']>): DisowningAnswer => ({ effective: false, reason });

/** What the holder said in an utterance; the holder's statements are gone through page by page: no index leads there. */
const saidIn = async (
  readModel: ReadModel,
  utteranceId: string,
  holders: readonly number[],
  knownAt: number,
): Promise<string[]> => {
  const said: string[] = [];
  const page = { knownAt, holders, proposition: null, from: null, to: null, at: null, limit: statementsAPage };
  for (let after: StatementRow | null = null; ;) {
    const rows: StatementRow[] = await readModel.read((snapshot) => snapshot.statements({ ...page, after }));
    for (const row of rows) {
      if (!row.body.includes(JSON.stringify(utteranceId))) continue;
      const content = contentOf(row);
      if (content.utteranceId === utteranceId && content.act !== 'disown') said.push(row.id);
      if (said.length === mostNamed) return said;
    }
    after = rows.at(-1) ?? null;
    if (rows.length < statementsAPage) return said;
  }
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
  const survivors = await readModel.read((snapshot) => survivorsAt(snapshot, knownAt));
  const holder = survivors.of(holderOf(row.history));
  if ('utteranceId' in disowns) {
    const statements = await saidIn(readModel, disowns.utteranceId, survivors.members(holder), knownAt);
    return statements.length === 0 ? inVain('not-recorded') : { effective: true, statements };
  }
  const [target] = await readModel.read((snapshot) => snapshot.knownStatements([disowns.statementId], knownAt));
  if (target === undefined) return inVain('not-recorded');
  if (survivors.of(holderOf(target.history)) !== holder) return inVain('of-another-holder');
  if (contentOf(target).act === 'disown') return inVain('is-a-disowning');
  return { effective: true, statements: [target.id] };
};
