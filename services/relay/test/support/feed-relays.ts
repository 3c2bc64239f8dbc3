import type { FeedTopicsWriter } from '@stance/distribution';
import { createMemoryFeedTopics } from '@stance/distribution/memory';
import { createFeedRelayMemory } from '@stance/relay-state/memory';
import { onTestFinished } from 'vitest';

import { startFeedRelay } from '../../src/index.ts';
import type { FeedRelayOptions, Relay } from '../../src/index.ts';
import { createChangingFeed } from '@stance/feed/memory';
import { heldByCurrent, heldByEntries } from './held-set.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** A feed, its topics and the state of relays that are started by a test, all under one virtual clock. */
export const createFeedWorld = () => {
  const clock = createVirtualClock();
  const feed = createChangingFeed();
  const topics = createMemoryFeedTopics({ partitions: 3 });
  const memory = createFeedRelayMemory({ clock: clock.monotonic });
  const said: string[] = [];
  const say = (_: object, message: string): void => {
    said.push(message);
  };
  const reader = { ...feed.reader, close: async () => undefined };

  const start = (options: Partial<FeedRelayOptions> & { readonly owner: string }): Relay => {
    const relay = startFeedRelay({
      openFeed: async () => reader,
      topics: topics.createWriter(),
      state: memory.open(),
      logger: { info: say, warn: say },
      clock,
      random: () => 0.5,
      batch: 10,
      ttl: 9000,
      ...options,
    });
    onTestFinished(async () => {
      const stopped = relay.stop({ deadline: 0 });
      await clock.pass(0);
      await stopped;
    });
    return relay;
  };

  const isUpToDate = (): boolean => {
    const { feed: name, position, swept } = memory.checkpoint();
    return name === feed.epoch() && position === feed.head() && swept;
  };

  return {
    clock,
    feed,
    reader,
    topics,
    memory,
    said,
    start,
    isUpToDate,
    /** What readers of each topic hold, who have read all of it. */
    held: () => ({ entries: heldByEntries(topics.entries()), current: heldByCurrent(topics.current()) }),
    /** The sequences of all that is no watermark, as often as they were written. */
    sequences: (): number[] =>
      topics
        .entries()
        .flat()
        .filter(({ headers }) => headers['ce_type'] !== 'stance.watermark')
        .map(({ headers }) => Number(headers['ce_sequence']))
        .sort((a, b) => a - b),
    marks: (): string[] =>
      (topics.entries()[0] ?? [])
        .filter(({ headers }) => headers['ce_type'] === 'stance.watermark')
        .map(({ value }) => value ?? ''),
  };
};

/** A writer whose takeovers wait until they are let through. */
export const gatedTakeOver = (writer: FeedTopicsWriter) => {
  const waiting: (() => void)[] = [];
  return {
    waiting,
    takeOver: async () => {
      await new Promise<void>((resolve) => void waiting.push(resolve));
      return writer.takeOver();
    },
  };
};

export const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
