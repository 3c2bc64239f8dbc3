import type { ParkedRow } from '../read-model.ts';
import { historyKey, holderOf } from '../tables.ts';
import { actorNos } from './actors.ts';
import { inPieces } from './database.ts';
import type { ReadConnection } from './database.ts';

const columns = [
  'position',
  'stream',
  'revision',
  'event_id as eventId',
  'type',
  'schema_version as schemaVersion',
  'recorded_at as recordedAt',
  'data',
  'code',
  'message',
  'detail',
] as const;

/** Whom parked events would have merged or set apart, each with the stream of the event: there are hardly ever any. */
export const parkedActors = async (
  db: ReadConnection,
  knownAt: number,
): Promise<readonly { readonly stream: string; readonly actor: number }[]> => {
  const rows = await db
    .selectFrom('parked')
    .select(['stream', 'actors'])
    .where('actors', 'is not', null)
    .where('position', '<=', knownAt)
    .execute();
  const named = rows.flatMap(({ stream, actors }) =>
    (JSON.parse(actors ?? '[]') as string[]).map((id) => ({ stream, id })),
  );
  const numbers = await actorNos(db, [...new Set(named.map(({ id }) => id))]);
  return named.flatMap(({ stream, id }) => {
    const actor = numbers.get(id);
    return actor === undefined ? [] : [{ stream, actor }];
  });
};

/** There hardly ever is: then nothing more has to be asked. */
export const isAnythingParked = async (db: ReadConnection): Promise<boolean> =>
  (await db.selectFrom('parked').select('position').limit(1).executeTakeFirst()) !== undefined;

/** How many streams have a parked event. */
export const parkedStreams = async (db: ReadConnection): Promise<number> => {
  const streams = db.selectFrom('parked').select('stream').distinct().as('streams');
  const { count } = await db
    .selectFrom(streams)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

export const parked = async (
  db: ReadConnection,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<ParkedRow[]> => {
  const firsts = await db
    .selectFrom('parked')
    .select(({ fn }) => fn.min('position').as('position'))
    .groupBy('stream')
    .having(({ fn }) => fn.min('position'), '>', after)
    .orderBy('position')
    .limit(limit)
    .execute();
  const rows = await inPieces(
    firsts.map(({ position }) => position),
    (piece) => db.selectFrom('parked').select(columns).where('position', 'in', piece).execute(),
  );
  return rows.sort((a, b) => a.position - b.position);
};

export const parkedIn = (db: ReadConnection, stream: string, limit: number): Promise<ParkedRow[]> =>
  db.selectFrom('parked').select(columns).where('stream', '=', stream).orderBy('revision').limit(limit).execute();

export const parkedCounts = async (
  db: ReadConnection,
  streams: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await inPieces(streams, (piece) =>
    db
      .selectFrom('parked')
      .select(({ fn }) => ['stream', fn.countAll<number>().as('count')])
      .where('stream', 'in', piece)
      .groupBy('stream')
      .execute(),
  );
  return new Map(rows.map(({ stream, count }) => [stream, count]));
};

export const parkedHistories = async (
  db: ReadConnection,
  streams: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const own = await inPieces(streams, (piece) =>
    db
      .selectFrom('parked')
      .select(['stream', 'history'])
      .distinct()
      .where('stream', 'in', piece)
      .where('history', 'is not', null)
      .execute(),
  );
  const unreplaced = await inPieces(streams, (piece) =>
    db
      .selectFrom('parked')
      .innerJoin('statements', 'statements.id', 'parked.replaces')
      .select(['parked.stream', 'statements.history'])
      .distinct()
      .where('parked.stream', 'in', piece)
      .execute(),
  );
  const ofHolders: { stream: string; history: number }[] = [];
  const asked = new Set(streams);
  for (const { stream, actor } of await parkedActors(db, Number.MAX_SAFE_INTEGER)) {
    if (!asked.has(stream)) continue;
    const held = await db
      .selectFrom('histories')
      .select('history')
      .where('history', '>=', historyKey(actor, 0))
      .where('history', '<', historyKey(actor + 1, 0))
      .execute();
    ofHolders.push(...held.map(({ history }) => ({ stream, history })));
  }
  const found = new Map<string, Set<number>>();
  for (const { stream, history } of [...own, ...unreplaced, ...ofHolders]) {
    if (history === null) continue;
    const before = found.get(stream);
    if (before === undefined) found.set(stream, new Set([history]));
    else before.add(history);
  }
  return new Map([...found].map(([stream, histories]) => [stream, [...histories].sort((a, b) => a - b)]));
};

/** What of these histories is parked, or would have been changed by something parked: by which stream. */
const parkedAmong = async (
  db: ReadConnection,
  keys: readonly number[],
  knownAt: number,
): Promise<readonly { readonly stream: string; readonly history: number | null }[]> => {
  const own = await inPieces(keys, (piece) =>
    db
      .selectFrom('parked')
      .select(['stream', 'history'])
      .distinct()
      .where('history', 'in', piece)
      .where('position', '<=', knownAt)
      .execute(),
  );
  const unreplaced = await inPieces(keys, (piece) =>
    db
      .selectFrom('parked')
      .innerJoin('statements', 'statements.id', 'parked.replaces')
      .select(['parked.stream', 'statements.history'])
      .distinct()
      .where('parked.replaces', 'is not', null)
      .where('statements.history', 'in', piece)
      .where('parked.position', '<=', knownAt)
      .where('statements.position', '<=', knownAt)
      .execute(),
  );
  const ofHolders = (await parkedActors(db, knownAt)).flatMap(({ stream, actor }) =>
    keys.filter((key) => holderOf(key) === actor).map((history) => ({ stream, history })),
  );
  return [...own, ...unreplaced, ...ofHolders];
};

export const parkedBehind = async (
  db: ReadConnection,
  keys: readonly number[],
  knownAt: number,
): Promise<readonly string[]> =>
  [...new Set((await parkedAmong(db, keys, knownAt)).map(({ stream }) => stream))].sort();

export const incompleteHistories = async (
  db: ReadConnection,
  keys: readonly number[],
  knownAt: number,
): Promise<number[]> =>
  (await parkedAmong(db, keys, knownAt)).flatMap(({ history }) => (history === null ? [] : [history]));
