import { windowHolds } from '@stance/contracts';

import type { ActorRow, ActorsPage, ActorVersionRow, NameRow } from '../named-rows.ts';
import { inPieces, knownAtPosition, knownEnd, type ReadConnection } from './database.ts';
import { hasWords } from '../words.ts';
import { pageOfHits, searchNumbers } from './search.ts';

const columns = [
  'actor_versions.position',
  'actor_versions.revision',
  'actor_versions.known_to as knownTo',
  'actor_versions.name',
  'actor_versions.kind',
  'actor_versions.body',
] as const;

export const actorNo = async (db: ReadConnection, id: string): Promise<number | null> =>
  (await db.selectFrom('actors').select('no').where('id', '=', id).executeTakeFirst())?.no ?? null;

export const actorNos = async (db: ReadConnection, ids: readonly string[]): Promise<Map<string, number>> => {
  const rows = await inPieces(ids, (piece) =>
    db.selectFrom('actors').select(['no', 'id']).where('id', 'in', piece).execute(),
  );
  return new Map(rows.map((row) => [row.id, row.no]));
};

export const actorIds = async (db: ReadConnection, numbers: readonly number[]): Promise<Map<number, string>> => {
  const rows = await inPieces(numbers, (piece) =>
    db.selectFrom('actors').select(['no', 'id']).where('no', 'in', piece).execute(),
  );
  return new Map(rows.map((row) => [row.no, row.id]));
};

export const actorNames = async (
  db: ReadConnection,
  numbers: readonly number[],
  knownAt: number,
): Promise<Map<number, string>> => {
  const rows = await inPieces(numbers, (piece) =>
    db
      .selectFrom('actor_versions')
      .select(['actor_versions.actor', 'actor_versions.name'])
      .where('actor_versions.actor', 'in', piece)
      .where(knownAtPosition('actor_versions', knownAt))
      .execute(),
  );
  return new Map(rows.map((row) => [row.actor, row.name]));
};

export const actorKinds = async (
  db: ReadConnection,
  numbers: readonly number[],
  knownAt: number,
): Promise<Map<number, string | null>> => {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('actor_versions')
    .select(['actor_versions.actor', 'actor_versions.kind'])
    .where('actor_versions.actor', 'in', numbers)
    .where(knownAtPosition('actor_versions', knownAt))
    .execute();
  return new Map(rows.map((row) => [row.actor, row.kind]));
};

export const names = async (db: ReadConnection, actors: readonly number[], knownAt: number): Promise<NameRow[]> =>
  actors.length === 0
    ? []
    : db
        .selectFrom('actor_names')
        .select(['actor', 'name', 'valid_from as validFrom', 'valid_to as validTo', 'evidence'])
        .where('actor', 'in', actors)
        .where(knownAtPosition('actor_names', knownAt))
        .orderBy('actor')
        .orderBy('position')
        .orderBy('at')
        .execute();

const known = (db: ReadConnection, knownAt: number) =>
  db
    .selectFrom('actors')
    .innerJoin('actor_versions', 'actor_versions.actor', 'actors.no')
    .select(['actors.no', 'actors.id', ...columns])
    .where((eb) =>
      eb.and([
        eb('actor_versions.position', '<=', knownAt),
        eb.or([eb('actor_versions.known_to', 'is', null), eb('actor_versions.known_to', '>', knownAt)]),
      ]),
    )
    .orderBy('actors.no');

const wasInUse = ({ validFrom, validTo }: NameRow, day: number | null): boolean =>
  day === null || windowHolds({ from: validFrom ?? undefined, to: validTo ?? undefined }, day);

const withWords = async (db: ReadConnection, numbers: readonly number[], page: ActorsPage): Promise<ActorRow[]> => {
  const matching = new Set<number>();
  for (const row of await names(db, numbers, page.knownAt)) {
    if (hasWords(row.name, page.words) && wasInUse(row, page.day)) matching.add(row.actor);
  }
  return matching.size === 0
    ? []
    : known(db, page.knownAt)
        .where('actors.no', 'in', [...matching])
        .execute();
};

export const actors = (db: ReadConnection, page: ActorsPage): Promise<ActorRow[]> =>
  page.words.length === 0
    ? known(db, page.knownAt).where('actors.no', '>', page.after).limit(page.limit).execute()
    : pageOfHits(
        page,
        (after, limit) => searchNumbers(db, 'a', page.words, after, limit),
        (numbers) => withWords(db, numbers, page),
      );

export const actorVersions = async (db: ReadConnection, actor: number, knownAt: number): Promise<ActorVersionRow[]> => {
  const rows = await db
    .selectFrom('actor_versions')
    .select(columns)
    .where('actor_versions.actor', '=', actor)
    .where('actor_versions.position', '<=', knownAt)
    .orderBy('actor_versions.position')
    .execute();
  return rows.map((row) => ({ ...row, knownTo: knownEnd(row.knownTo, knownAt) }));
};
