import { setImmediate as yieldToOthers } from 'node:timers/promises';

import { weakEtag } from '@stance/http';
import type { Answer } from '@stance/http';

import { encodeCursor } from './cursor.ts';
import { jsonAnswer, knownAtHeader } from './json-answer.ts';
import type { Reading } from './reading.ts';

/** A page of a list; `next` is the key of its last item where there is more behind it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: readonly number[] | null;
}

export type FetchPage<Item> = (key: readonly number[] | null, limit: number) => Promise<Page<Item>>;

export interface ListAnswer<Item> {
  readonly reading: Reading;
  readonly limit: number | undefined;
  /** Whether the client takes the whole list, one item a line. */
  readonly lines: boolean;
  readonly signal: () => AbortSignal;
  readonly fetch: FetchPage<Item>;
  /** What stands beside the items. */
  readonly envelope: Readonly<Record<string, unknown>>;
}

const defaultLimit = 100;
/** How many items are made ready at a time where all are asked for. */
const itemsAPiece = 200;

async function* allItems<Item>(
  fetch: FetchPage<Item>,
  start: readonly number[] | null,
  signal: AbortSignal,
): AsyncGenerator<Item, void> {
  let key = start;
  do {
    signal.throwIfAborted();
    const page = await fetch(key, itemsAPiece);
    yield* page.items;
    key = page.next;
    await yieldToOthers();
  } while (key !== null);
}

/** Answers a list: a page of it as JSON, or from there on all of it as lines. */
export const answerList = async <Item>(list: ListAnswer<Item>): Promise<Answer> => {
  const { reading, limit, lines, envelope } = list;
  const fetch: FetchPage<Item> = (after, most) => reading.together(() => list.fetch(after, most));
  const { knownAt, live } = reading.context;
  const headers = { [knownAtHeader]: String(knownAt) };
  if (lines) {
    const { list: name, parameters, key } = reading;
    const told = JSON.stringify([parameters, key, envelope]);
    const ndjson = allItems(fetch, key, list.signal());
    // At a position that was asked for, the list is always the same; else the feed may add to it.
    if (live) return { status: 200, headers, ndjson };
    const etag = weakEtag(name, told, knownAt, reading.context.at.day);
    return { status: 200, headers, etag, ndjson };
  }
  const page = await fetch(reading.key, limit ?? defaultLimit);
  const next = page.next === null ? undefined : encodeCursor(reading.cursor(page.next));
  return jsonAnswer({ items: page.items, ...envelope }, knownAt, next);
};
