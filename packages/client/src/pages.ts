import type { Query } from './call/query-string.ts';
import type { Transport } from './call/transport.ts';
import type { CallOptions } from './call/write.ts';

/**
 * A list of the service. Nothing is asked before it is read, and each reading asks anew: `for await` gives item after
 * item, page after page as they are needed.
 */
export interface Pages<Item, Page> extends AsyncIterable<Item> {
  /** The page that begins at the query's `after`: the first one without it. */
  page(): Promise<Page>;
  /** From there on, page by page. A page may be empty and still not be the last. */
  pages(): AsyncIterable<Page>;
}

interface Listed<Item, Page> {
  items(page: Page): readonly Item[];
  next(page: Page): string | undefined;
}

export interface PagesOptions<Item, Page> extends Listed<Item, Page> {
  readonly transport: Transport;
  readonly path: string;
  readonly query: Query;
  readonly options: CallOptions | undefined;
}

/** How many items a page holds where the caller leaves it to the iteration: as many as the service gives. */
const largestPage = 1000;

export const createPages = <Item, Page>(list: PagesOptions<Item, Page>): Pages<Item, Page> => {
  const { transport, path, query, options } = list;
  const ask = (more: Query): Promise<Page> =>
    transport.json({
      method: 'GET',
      path,
      query: { ...query, ...more },
      idempotent: true,
      signal: options?.signal,
    });

  const walk = async function* (more: Query): AsyncGenerator<Page> {
    let after: string | undefined;
    do {
      const page = await ask(after === undefined ? more : { ...more, after });
      yield page;
      after = list.next(page);
    } while (after !== undefined);
  };

  return {
    page: () => ask({}),
    pages: () => walk({}),
    async *[Symbol.asyncIterator]() {
      const limit = query['limit'] ?? largestPage;
      for await (const page of walk({ limit })) yield* list.items(page);
    },
  };
};

interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

/** A list whose pages are `{items, next?}`. */
export const listOf = <Page extends ListPage<unknown>>(
  transport: Transport,
  path: string,
  query: Query,
  options: CallOptions | undefined,
): Pages<Page['items'][number], Page> =>
  createPages<Page['items'][number], Page>({
    transport,
    path,
    query,
    options,
    items: ({ items }) => items,
    next: ({ next }) => next,
  });

/** One answer of the reading side. */
export const read = <Answer>(
  transport: Transport,
  path: string,
  query: Query,
  options: CallOptions | undefined,
): Promise<Answer> => transport.json({ method: 'GET', path, query, idempotent: true, signal: options?.signal });
