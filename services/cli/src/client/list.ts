import type { Client, Query } from './client.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

const largestPage = 1000;

/** The items of a list, at most `limit`; all of them where there is none. */
export const listItems = async function* <Item>(
  client: Client,
  path: string,
  query: Query,
  limit: number | undefined,
): AsyncGenerator<Item> {
  if (limit === undefined) {
    yield* client.items<Item>(path, query);
    return;
  }
  let left = limit;
  let after: string | undefined;
  while (left > 0) {
    const page: Page<Item> = await client.get(path, { ...query, limit: Math.min(left, largestPage), after });
    yield* page.items;
    left -= page.items.length;
    after = page.next;
    // A page may be empty and still have a next one.
    if (after === undefined) return;
  }
};
