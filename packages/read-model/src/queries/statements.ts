import type { ExpressionBuilder } from 'kysely';

import { historyKey } from '../tables.ts';
import type {
  HistoryStatementsPage,
  LogRange,
  RetractionRow,
  StatementRetractionRow,
  StatementRow,
  StatementsPage,
  UtterancePage,
} from '../read-model.ts';
import type { Rows } from '../rows.ts';
import { inPieces, knownAtPosition, type ReadConnection } from './database.ts';

const columns = [
  'statements.position',
  'statements.id',
  'statements.revision',
  'statements.history',
  'statements.recorded_at as recordedAt',
  'statements.known_to as knownTo',
  'statements.ended_by as endedBy',
  'statements.reason',
  'statements.body',
] as const;

const ofHolders = (holders: readonly number[]) => (eb: ExpressionBuilder<Rows, 'statements'>) =>
  eb.or(
    holders.map((holder) =>
      eb.and([
        eb('statements.history', '>=', historyKey(holder, 0)),
        eb('statements.history', '<', historyKey(holder + 1, 0)),
      ]),
    ),
  );

/** The rest of the history that the page before ended in is a query of its own: only so is it found by the index. */
export const historyStatements = async (db: ReadConnection, page: HistoryStatementsPage): Promise<StatementRow[]> => {
  const { histories, knownAt, after, limit } = page;
  const known = db.selectFrom('statements').select(columns).where(knownAtPosition('statements', knownAt));
  const begun =
    after === null || !histories.includes(after.history)
      ? []
      : await known
          .where('statements.history', '=', after.history)
          .where('statements.position', '>', after.position)
          .orderBy('statements.position')
          .limit(limit)
          .execute();
  const others = after === null ? histories : histories.filter((history) => history > after.history);
  if (begun.length === limit || others.length === 0) return begun;
  const rows = await known
    .where('statements.history', 'in', others)
    .orderBy('statements.history')
    .orderBy('statements.position')
    .limit(limit - begun.length)
    .execute();
  return begun.length === 0 ? rows : [...begun, ...rows];
};

export const statements = (db: ReadConnection, page: StatementsPage): Promise<StatementRow[]> => {
  const { knownAt, holders, proposition, from, to, at, after, limit } = page;
  let query = db.selectFrom('statements').select(columns).where(knownAtPosition('statements', knownAt));
  if (from !== null) query = query.where('statements.said_to', '>=', from);
  if (at !== null) query = query.where('statements.said_to', '<=', at);
  if (to !== null) {
    query = query.where((eb) => eb.or([eb('statements.said_from', 'is', null), eb('statements.said_from', '<=', to)]));
  }
  if (holders === null && proposition === null) {
    if (after !== null) query = query.where('statements.position', '>', after.position);
    return query.orderBy('statements.position').limit(limit).execute();
  }
  if (after !== null) {
    query = query.where((eb) =>
      eb(eb.refTuple('statements.history', 'statements.position'), '>', eb.tuple(after.history, after.position)),
    );
  }
  if (holders !== null && proposition !== null) {
    const histories = holders.map((holder) => historyKey(holder, proposition));
    query = query.where('statements.history', 'in', histories);
  } else if (holders !== null) {
    query = query.where(ofHolders(holders));
  } else {
    query = query.where((eb) =>
      eb(
        'statements.history',
        'in',
        eb.selectFrom('histories').select('histories.history').where('histories.proposition', '=', proposition),
      ),
    );
  }
  return query.orderBy('statements.history').orderBy('statements.position').limit(limit).execute();
};

/** Gone through one by one: no index leads from an utterance to its statements, and few ask. */
export const utterance = (
  db: ReadConnection,
  { utteranceId, holders, knownAt, limit }: UtterancePage,
): Promise<StatementRow[]> => {
  // Within a text of a body quotation marks are escaped, so that only fields of its own look so.
  const has = (eb: ExpressionBuilder<Rows, 'statements'>, field: string) =>
    eb('statements.body', '<>', eb.fn<string>('replace', ['statements.body', eb.val(field), eb.val('')]));
  return db
    .selectFrom('statements')
    .select(columns)
    .where(ofHolders(holders))
    .where(knownAtPosition('statements', knownAt))
    .where((eb) => has(eb, `"utteranceId":${JSON.stringify(utteranceId)}`))
    .where((eb) => eb.not(has(eb, '"act":"disown"')))
    .orderBy('statements.history')
    .orderBy('statements.position')
    .limit(limit)
    .execute();
};

export const disownings = (db: ReadConnection, actors: readonly number[], knownAt: number): Promise<StatementRow[]> =>
  inPieces(actors, (piece) =>
    db
      .selectFrom('statements')
      .select(columns)
      .where((eb) =>
        eb(
          'statements.position',
          'in',
          eb.selectFrom('disownings').select('disownings.position').where('disownings.actor', 'in', piece),
        ),
      )
      .where(knownAtPosition('statements', knownAt))
      .execute(),
  );

export const knownStatements = (db: ReadConnection, ids: readonly string[], knownAt: number): Promise<StatementRow[]> =>
  inPieces(ids, (piece) =>
    db
      .selectFrom('statements')
      .select(columns)
      .where('statements.id', 'in', piece)
      .where(knownAtPosition('statements', knownAt))
      .execute(),
  );

export const statementVersions = (db: ReadConnection, id: string, knownAt: number): Promise<StatementRow[]> =>
  db
    .selectFrom('statements')
    .select(columns)
    .where('statements.id', '=', id)
    .where('statements.position', '<=', knownAt)
    .orderBy('statements.revision')
    .execute();

export const versionsMade = (db: ReadConnection, { after, upTo, limit }: LogRange): Promise<StatementRow[]> =>
  db
    .selectFrom('statements')
    .select(columns)
    .where('statements.position', '>', after)
    .where('statements.position', '<=', upTo)
    .orderBy('statements.position')
    .limit(limit)
    .execute();

export const retractionsMade = (
  db: ReadConnection,
  { after, upTo, limit }: LogRange,
): Promise<StatementRetractionRow[]> =>
  db
    .selectFrom('retractions')
    .select(['position', 'id', 'revision', 'recorded_at as recordedAt', 'reason'])
    .where('position', '>', after)
    .where('position', '<=', upTo)
    .orderBy('position')
    .limit(limit)
    .execute();

export const versionsOf = (db: ReadConnection, ids: readonly string[]): Promise<StatementRow[]> =>
  inPieces(ids, (piece) =>
    db
      .selectFrom('statements')
      .select(columns)
      .where('statements.id', 'in', piece)
      .orderBy('statements.id')
      .orderBy('statements.revision')
      .execute(),
  );

export const retraction = async (db: ReadConnection, id: string, knownAt: number): Promise<RetractionRow | null> =>
  (await db
    .selectFrom('retractions')
    .select(['position', 'revision', 'recorded_at as recordedAt', 'reason'])
    .where('id', '=', id)
    .where('position', '<=', knownAt)
    .executeTakeFirst()) ?? null;

export const firstPositions = async (db: ReadConnection, ids: readonly string[]): Promise<Map<string, number>> => {
  const rows = await inPieces(ids, (piece) =>
    db
      .selectFrom('statements')
      .select(['statements.id', 'statements.position'])
      .where('statements.id', 'in', piece)
      .where('statements.revision', '=', 0)
      .execute(),
  );
  return new Map(rows.map((row) => [row.id, row.position]));
};

export const replacements = async (
  db: ReadConnection,
  ids: readonly string[],
  knownAt: number,
): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>();
  const rows = await inPieces(ids, (piece) =>
    db
      .selectFrom('replacements')
      .select(['replacements.replaced', 'replacements.replaced_by as by'])
      .where('replacements.replaced', 'in', piece)
      .where('replacements.position', '<=', knownAt)
      .orderBy('replacements.position')
      .orderBy('replacements.replaced_by')
      .execute(),
  );
  for (const { replaced, by } of rows) found.set(replaced, [...(found.get(replaced) ?? []), by]);
  return found;
};
