import type { PropositionRow, PropositionVersionRow, SearchPage } from '../named-rows.ts';
import { knownAtPosition, knownEnd, type ReadConnection } from './database.ts';
import { hasWords, pageOfHits, searchNumbers } from './search.ts';

const columns = [
  'proposition_versions.position',
  'proposition_versions.revision',
  'proposition_versions.known_to as knownTo',
  'proposition_versions.text',
  'proposition_versions.body',
] as const;

export const propositionNo = async (db: ReadConnection, id: string): Promise<number | null> =>
  (await db.selectFrom('propositions').select('no').where('id', '=', id).executeTakeFirst())?.no ?? null;

export const propositionIds = async (db: ReadConnection, numbers: readonly number[]): Promise<Map<number, string>> => {
  if (numbers.length === 0) return new Map();
  const rows = await db.selectFrom('propositions').select(['no', 'id']).where('no', 'in', numbers).execute();
  return new Map(rows.map((row) => [row.no, row.id]));
};

export const propositionTexts = async (
  db: ReadConnection,
  numbers: readonly number[],
  knownAt: number,
): Promise<Map<number, string>> => {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('proposition_versions')
    .select(['proposition_versions.proposition', 'proposition_versions.text'])
    .where('proposition_versions.proposition', 'in', numbers)
    .where(knownAtPosition('proposition_versions', knownAt))
    .execute();
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

export const propositions = (db: ReadConnection, page: SearchPage): Promise<PropositionRow[]> =>
  page.words.length === 0
    ? known(db, page.knownAt).where('propositions.no', '>', page.after).limit(page.limit).execute()
    : pageOfHits(
        page,
        (after, limit) => searchNumbers(db, 'p', page.words, after, limit),
        async (numbers) => {
          const rows = await known(db, page.knownAt).where('propositions.no', 'in', numbers).execute();
          return rows.filter(({ text }) => hasWords(text, page.words));
        },
      );

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
