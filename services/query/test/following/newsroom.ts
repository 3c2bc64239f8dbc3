import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ChangeAnswer, ChangeList, ListedChange, StatementList } from '@stance/contracts';
import { createPublisher } from '@stance/feed';
import type { FeedStore } from '@stance/feed';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { openSqliteChangeSetReader } from '@stance/read-model/sqlite';
import { expect, onTestFinished, vi } from 'vitest';

import type { QueryOptions } from '../../src/index.ts';
import { openOwnDesk } from '../desk.ts';
import { openReader } from './stream-reader.ts';
import type { Reader } from './stream-reader.ts';

/** Where feeds are: each call makes a new one. */
export interface FeedPlace {
  open(): Promise<FeedStore>;
  dispose(): Promise<void>;
}

export const sqliteFeeds = (): FeedPlace => {
  const directory = mkdtempSync(join(tmpdir(), 'stance-feed-'));
  let made = 0;
  return {
    open: () => Promise.resolve(openSqliteFeedStore({ path: join(directory, `feed-${String(made++)}.db`) })),
    dispose: () => Promise.resolve(rmSync(directory, { recursive: true, force: true })),
  };
};

type DeskOptions = NonNullable<Parameters<typeof openOwnDesk>[0]>;

/** A desk whose changes are published to a real feed, and that listens on a port. */
export const openOwnNewsroom = async ({
  feeds = sqliteFeeds(),
  ...options
}: Omit<DeskOptions, 'feed'> & { readonly feeds?: FeedPlace } = {}) => {
  let store = await feeds.open();
  const listeners = new Set<() => void>();
  // What the service holds on to, whatever store is behind it.
  const feed: QueryOptions['feed'] = {
    epoch: () => store.epoch(),
    head: () => store.head(),
    readFeed: (page) => store.readFeed(page),
    readCurrent: (range) => store.readCurrent(range),
    changeRecords: (changes) => store.changeRecords(changes),
  };
  const desk = await openOwnDesk({
    feed,
    onNews: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...options,
  });
  const changes = openSqliteChangeSetReader({ path: desk.path });
  let publisher = createPublisher({ changes, feed: store, now: desk.now });
  await desk.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = desk.app.server.address() as AddressInfo;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    ...desk,
    port,
    tell,
    feed: () => store,
    /** Publishes all that the read model has and the feed has not. */
    publish: async (): Promise<void> => {
      for (let more = true; more;) ({ more } = await publisher.publishNext(1000));
      tell();
    },
    /** Puts an empty feed in the place of the one there is. */
    renewFeed: async (): Promise<void> => {
      const old = store;
      store = await feeds.open();
      publisher = createPublisher({ changes, feed: store, now: desk.now });
      await old.close();
      tell();
    },
    /** What the list gives, by id; without what stands beside a change and is not published. */
    changes: async (filter: string): Promise<Map<string, unknown>> => {
      const { items } = await desk.ask<ChangeList>(`/v1/changes?limit=1000&${filter}`);
      return new Map(items.map((change) => [change.id, published(change)]));
    },
    statements: async (filter: string): Promise<Map<string, number>> => {
      const { items } = await desk.ask<StatementList>(`/v1/statements?limit=1000&${filter}`);
      return new Map(items.map(({ id, revision }) => [id, revision]));
    },
    metric: async (name: string): Promise<number> => {
      const { text } = await desk.app.kit.metrics();
      return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await desk.app.kit.stop(0);
      await changes.close();
      await desk[Symbol.asyncDispose]();
      await store.close();
      await feeds.dispose();
    },
  };
};

export type Newsroom = Awaited<ReturnType<typeof openOwnNewsroom>>;

export const openNewsroom = async (options: Parameters<typeof openOwnNewsroom>[0] = {}): Promise<Newsroom> => {
  const newsroom = await openOwnNewsroom(options);
  onTestFinished(() => newsroom[Symbol.asyncDispose]());
  return newsroom;
};

/** Words of statements are those of the moment in which a change was sent; a list names whose and what besides. */
export const published = ({
  evidence,
  holderName: _holder,
  propositionText: _text,
  ...change
}: ChangeAnswer & Partial<ListedChange>): unknown => ({
  ...change,
  evidence: evidence.map(({ statementId, weight, role }) => [statementId, weight, role]),
});

/** A reader until the end of the test. */
export const read = async (
  { port }: Pick<Newsroom, 'port'>,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reader> => {
  const reader = await openReader(port, path, headers);
  onTestFinished(() => reader.close());
  return reader;
};

/** Waits for a condition, however busy the machine is. */
export const eventually = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: 20_000, interval: 10 });

/** Resolves once a reader has received so many events, and gives their names. */
export const received = async (reader: Reader, count: number): Promise<string[]> => {
  await eventually(() => expect(reader.events.length).toBeGreaterThanOrEqual(count));
  return reader.events.map(({ event }) => event);
};
