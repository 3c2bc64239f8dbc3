import type { ChangeSetReader } from '@stance/read-model';

import { differenceOf } from './difference.ts';
import type { NewFeedEntry } from './feed-entry.ts';
import type { FeedCursor, FeedStore, HistoryName } from './feed-store.ts';
import { followHolders } from './merged-holders.ts';

export interface PublisherOptions {
  readonly changes: ChangeSetReader;
  readonly feed: FeedStore;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

export interface Published {
  /** How many entries were published. */
  readonly entries: number;
  /** The feed's head. */
  readonly head: number;
  /** The position of the log up to which the feed says what the read model has. */
  readonly position: number;
  /** Whether there is more to compare. */
  readonly more: boolean;
}

export interface Publisher {
  /**
   * Compares the histories touched since the last call, about `limit` of them, and publishes what differs. One call at
   * a time, and none while the read model catches up with what was published before: that would be published backwards.
   *
   * @throws ReadModelError, FeedError: nothing was published.
   */
  publishNext(limit: number): Promise<Published>;
}

interface Progress {
  readonly generation: string;
  /** As the feed store has it. */
  stored: FeedCursor;
  /** How far was compared: the store hears of it with the next entries, for an unmoved cursor only costs comparing again. */
  compared: number;
  /** Whether what was published for histories that are no more is still to be taken back. */
  sweeping: boolean;
  /** The last history that was looked at for that. */
  swept: HistoryName | null;
}

/** So far may the stored cursor stay behind when there was nothing to publish. */
const longestUnstored = 50_000;

/** Opens the publisher: the one who brings a feed store up to a read model's current set of changes. */
export const createPublisher = ({ changes, feed, now = Date.now }: PublisherOptions): Publisher => {
  let progress: Progress | null = null;

  const load = async (): Promise<Progress> => {
    const { generation, position } = await changes.touchedAfter(0, 1);
    const stored = await feed.cursor(generation);
    // Of a log put back to an older state, all has to be compared: what was published may rest on what is lost.
    const isAhead = stored.position > position;
    return {
      generation,
      stored,
      compared: isAhead ? 0 : stored.position,
      sweeping: isAhead || !stored.swept,
      swept: null,
    };
  };

  const store = async (
    current: Progress,
    cursor: FeedCursor,
    recordedAt: number,
    entries: readonly NewFeedEntry[],
  ): Promise<number> => {
    const { generation, stored } = current;
    const head = await feed.publish({ generation, after: stored, cursor, recordedAt, entries });
    current.stored = cursor;
    return head;
  };

  /** Takes back what was published for histories that this read model does not have. */
  const sweep = async (current: Progress, limit: number): Promise<{ entries: number; head: number }> => {
    const histories = await feed.publishedHistories({ after: current.swept, limit });
    const existing = await changes.existing(histories);
    const gone = histories.filter((history) => !existing.has(history));
    const published = await feed.published(gone);
    const at = now();
    const entries = gone.flatMap((history, index) => {
      const last = published[index] ?? [];
      const method = last[0]?.method;
      return method === undefined ? [] : differenceOf({ ...history, method, changes: [] }, last, at);
    });
    const swept = histories.length < limit;
    const head = await store(current, { position: current.compared, swept }, at, entries);
    current.sweeping = !swept;
    current.swept = histories.at(-1) ?? null;
    return { entries: entries.length, head };
  };

  const compare = async (
    current: Progress,
    limit: number,
  ): Promise<{ entries: number; head: number | null; more: boolean } | null> => {
    const page = await changes.touchedAfter(current.compared, limit);
    if (page.generation !== current.generation) return null;
    const published = await feed.published(page.histories);
    const at = now();
    const entries = followHolders(
      page.histories.map((touched, index) => {
        const history = { ...touched, method: page.method };
        return { history, entries: differenceOf(history, published[index] ?? [], at) };
      }),
    );
    const cursor = { position: page.upTo, swept: !current.sweeping };
    const worthStoring = entries.length > 0 || page.upTo - current.stored.position > longestUnstored;
    const head = worthStoring ? await store(current, cursor, at, entries) : null;
    current.compared = page.upTo;
    return { entries: entries.length, head, more: page.upTo < page.position };
  };

  const publishNext = async (limit: number): Promise<Published> => {
    if (progress === null) progress = await load();
    let compared = await compare(progress, limit);
    while (compared === null) {
      progress = await load();
      compared = await compare(progress, limit);
    }
    let { entries, head, more } = compared;
    if (!more && progress.sweeping) {
      const swept = await sweep(progress, limit);
      entries += swept.entries;
      head = swept.head;
      more = progress.sweeping;
    }
    return { entries, head: head ?? (await feed.head()), position: progress.compared, more };
  };

  return {
    async publishNext(limit) {
      try {
        return await publishNext(limit);
      } catch (error) {
        // What was remembered may not be what was stored.
        progress = null;
        throw error;
      }
    },
  };
};
