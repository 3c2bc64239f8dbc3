import { sql } from 'kysely';

import { historyKey } from '../tables.ts';
import type { ExpressionBuilder, SqlBool } from 'kysely';

import type { HistoriesPage, HistoryRow, TouchedPage } from '../read-model.ts';
import type { Rows } from '../rows.ts';
import { inPieces, knownAtPosition, type ReadConnection } from './database.ts';

const columns = ['history', 'first_position as firstPosition', 'last_position as lastPosition'] as const;

export const history = async (db: ReadConnection, key: number): Promise<HistoryRow | null> =>
  (await db.selectFrom('histories').select(columns).where('history', '=', key).executeTakeFirst()) ?? null;

/** So many numbers go into one query. */
const numbersAQuery = 500;

export const historiesAmong = async (db: ReadConnection, keys: readonly number[]): Promise<HistoryRow[]> => {
  const rows: HistoryRow[] = [];
  for (let from = 0; from < keys.length; from += numbersAQuery) {
    const some = keys.slice(from, from + numbersAQuery);
    rows.push(...(await db.selectFrom('histories').select(columns).where('history', 'in', some).execute()));
  }
  return rows;
};

const ofHolderAndProposition = (db: ReadConnection, holder: number | null, proposition: number | null) => {
  const query = db.selectFrom('histories').select(columns);
  if (holder !== null && proposition !== null) return query.where('history', '=', historyKey(holder, proposition));
  if (holder !== null) {
    return query.where('history', '>=', historyKey(holder, 0)).where('history', '<', historyKey(holder + 1, 0));
  }
  return proposition === null ? query : query.where('proposition', '=', proposition);
};

/** Whether a history's holder answers for itself at the position: what is merged away is told with its survivor. */
const ofNobodyMerged = (knownAt: number) => (eb: ExpressionBuilder<Rows, 'histories'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('merges')
        .select('merges.position')
        .where(sql<SqlBool>`histories.history / ${sql.lit(historyKey(1, 0))} = merges.actor`)
        .where(knownAtPosition('merges', knownAt)),
    ),
  );

export const histories = (db: ReadConnection, page: HistoriesPage): Promise<HistoryRow[]> => {
  const { knownAt, holder, proposition, after, limit } = page;
  const query = ofHolderAndProposition(db, holder, proposition)
    .where('first_position', '<=', knownAt)
    .where(ofNobodyMerged(knownAt));
  const rest = after === null ? query : query.where('history', '>', after);
  return rest.orderBy('history').limit(limit).execute();
};

export const historiesTouched = (
  db: ReadConnection,
  { knownAt, holder, proposition, after, limit }: TouchedPage,
): Promise<HistoryRow[]> =>
  ofHolderAndProposition(db, holder, proposition)
    .where('first_position', '<=', knownAt)
    .where(ofNobodyMerged(knownAt))
    .where((eb) => eb(eb.refTuple('last_position', 'history'), '>', eb.tuple(after.lastPosition, after.history)))
    .orderBy('last_position')
    .orderBy('history')
    .limit(limit)
    .execute();

/** Those on which the rules failed. */
export const failedHistories = async (
  db: ReadConnection,
  keys: readonly number[],
  knownAt: number,
): Promise<number[]> => {
  const rows = await inPieces(keys, (piece) =>
    db
      .selectFrom('histories')
      .select('history')
      .where('history', 'in', piece)
      .where('failure', 'is not', null)
      .where('last_position', '<=', knownAt)
      .execute(),
  );
  return rows.map(({ history: key }) => key);
};
