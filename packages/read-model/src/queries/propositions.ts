import { sql } from 'kysely';

import type { PropositionRow, PropositionsPage, PropositionVersionRow, WordingRow } from '../named-rows.ts';
import { inPieces, knownAtPosition, knownEnd, type ReadConnection } from './database.ts';
import { hasWords } from '../words.ts';
import { pageOfHits, searchNumbers } from './search.ts';

const columns = [
  'proposition_versions.position',
  'proposition_versions.revision',
  'proposition_versions.known_to as knownTo',
  'proposition_versions.text',
  'proposition_versions.body',
] as const;

export const propositionNo = async (db: ReadConnection, id: string): Promise<number | null> =>
  (await db.selectFrom('propositions').select('no').where('id', '=', id).executeTakeFirst())?.no ?? null;

export const propositionNos = async (db: ReadConnection, ids: readonly string[]): Promise<Map<string, number>> => {
  const rows = await inPieces(ids, (piece) =>
    db.selectFrom('propositions').select(['no', 'id']).where('id', 'in', piece).execute(),
  );
  return new Map(rows.map((row) => [row.id, row.no]));
};

export const propositionIds = async (db: ReadConnection, numbers: readonly number[]): Promise<Map<number, string>> => {
  const rows = await inPieces(numbers, (piece) =>
    db.selectFrom('propositions').select(['no', 'id']).where('no', 'in', piece).execute(),
  );
  return new Map(rows.map((row) => [row.no, row.id]));
};

export const propositionTexts = async (
  db: ReadConnection,
  numbers: readonly number[],
  knownAt: number,
): Promise<Map<number, string>> => {
  const rows = await inPieces(numbers, (piece) =>
    db
      .selectFrom('proposition_versions')
      .select(['proposition_versions.proposition', 'proposition_versions.text'])
      .where('proposition_versions.proposition', 'in', piece)
      .where(knownAtPosition('proposition_versions', knownAt))
      .execute(),
  );
  return new Map(rows.map((row) => [row.proposition, row.text]));
};

const known = (db: ReadConnection, knownAt: number) =>
  db
    .selectFrom('propositions')
    .innerJoin('proposition_versions', 'proposition_versions.proposition', 'propositions.no')
    .select(['propositions.no', 'propositions.id', ...columns])
    .where((eb) =>
      eb.and([
        eb('proposition_versions.position', '<=', knownAt),
        eb.or([eb('proposition_versions.known_to', 'is', null), eb('proposition_versions.known_to', '>', knownAt)]),
      ]),
    )
    .orderBy('propositions.no');

const underTopics = (db: ReadConnection, topics: readonly string[], knownAt: number) =>
  db
    .selectFrom('proposition_topics')
    .select('proposition_topics.proposition')
    .where('proposition_topics.topic', 'in', topics)
    .where(knownAtPosition('proposition_topics', knownAt));

export const propositions = (db: ReadConnection, page: PropositionsPage): Promise<PropositionRow[]> => {
  const { knownAt, words, topics, after, limit } = page;
  if (topics?.length === 0) return Promise.resolve([]);
  let query = known(db, knownAt);
  if (topics !== null) query = query.where('propositions.no', 'in', underTopics(db, topics, knownAt));
  if (words.length === 0) return query.where('propositions.no', '>', after).limit(limit).execute();
  return pageOfHits(
    page,
    (from, most) => searchNumbers(db, 'p', words, from, most),
    async (numbers) => {
      const rows = await query.where('propositions.no', 'in', numbers).execute();
      return rows.filter(({ text }) => hasWords(text, words));
    },
  );
};

export const propositionCount = async (
  db: ReadConnection,
  topics: readonly string[],
  knownAt: number,
): Promise<number> => {
  if (topics.length === 0) return 0;
  const { count } = await db
    .selectFrom(underTopics(db, topics, knownAt).distinct().as('found'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

/** From each topic of the index to the next: as many looks as there are topics, however many propositions stand under them. */
const eachTopic = sql<{ topic: string | null }>`(
  WITH RECURSIVE each_topic(topic) AS (
    SELECT min(topic) FROM proposition_topics
    UNION ALL
    SELECT (SELECT min(p.topic) FROM proposition_topics p WHERE p.topic > e.topic) FROM each_topic e
    WHERE e.topic IS NOT NULL
  ) SELECT topic FROM each_topic
)`;

export const usedTopics = async (db: ReadConnection, knownAt: number): Promise<string[]> => {
  const rows = await db
    .selectFrom(eachTopic.as('used'))
    .select('used.topic')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('proposition_topics')
          .select('proposition_topics.position')
          .whereRef('proposition_topics.topic', '=', 'used.topic')
          .where(knownAtPosition('proposition_topics', knownAt) as never),
      ),
    )
    .orderBy('used.topic')
    .execute();
  return rows.flatMap(({ topic }) => topic ?? []);
};

export const wordings = (db: ReadConnection, numbers: readonly number[]): Promise<WordingRow[]> =>
  numbers.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('proposition_versions')
        .select(['proposition', 'position', 'revision'])
        .where('proposition', 'in', numbers)
        .orderBy('position')
        .execute();

export const propositionVersions = async (
  db: ReadConnection,
  proposition: number,
  knownAt: number,
): Promise<PropositionVersionRow[]> => {
  const rows = await db
    .selectFrom('proposition_versions')
    .select(columns)
    .where('proposition_versions.proposition', '=', proposition)
    .where('proposition_versions.position', '<=', knownAt)
    .orderBy('proposition_versions.position')
    .execute();
  return rows.map((row) => ({ ...row, knownTo: knownEnd(row.knownTo, knownAt) }));
};
