import type { ReadConnection } from './database.ts';

/** Above every character that a word can hold. */
const afterAll = '\u{10FFFF}';

/** Actors (`a`) or propositions (`p`) one of whose names, at any time, had words that begin with these. */
export const searchNumbers = async (
  db: ReadConnection,
  kind: 'a' | 'p',
  words: readonly string[],
  after: number,
  limit: number,
): Promise<number[]> => {
  // The longest word is the rarest, as a rule: it leads, and the others only have to agree.
  const [first = '', ...others] = words.toSorted((a, b) => b.length - a.length);
  let query = db
    .selectFrom('search_words')
    .select('search_words.no')
    .distinct()
    .where('search_words.kind', '=', kind)
    .where('search_words.word', '>=', first)
    .where('search_words.word', '<', first + afterAll)
    .where('search_words.no', '>', after);
  for (const word of others) {
    query = query.where((eb) =>
      eb(
        'search_words.no',
        'in',
        eb
          .selectFrom('search_words as other')
          .select('other.no')
          .where('other.kind', '=', kind)
          .where('other.word', '>=', word)
          .where('other.word', '<', word + afterAll),
      ),
    );
  }
  const rows = await query.orderBy('search_words.no').limit(limit).execute();
  return rows.map((row) => row.no);
};

/**
 * Fills a page from search hits, of which some turn out not to match: `match` gives those that do, in order.
 */
export const pageOfHits = async <Row>(
  page: { readonly after: number; readonly limit: number },
  find: (after: number, limit: number) => Promise<number[]>,
  match: (numbers: readonly number[]) => Promise<Row[]>,
): Promise<Row[]> => {
  const found: Row[] = [];
  let after = page.after;
  while (found.length < page.limit) {
    const numbers = await find(after, page.limit);
    const last = numbers.at(-1);
    if (last === undefined) break;
    found.push(...(await match(numbers)));
    if (numbers.length < page.limit) break;
    after = last;
  }
  return found.slice(0, page.limit);
};
