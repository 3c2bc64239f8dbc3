import type { FeedEntry } from './feed-entry.ts';
import type { FeedReader } from './feed-store.ts';

/** Up to where somebody has a feed. */
export interface FeedPlace {
  /** The epoch of the feed. */
  readonly feed: string;
  /** Of the last entry; 0 before the first. */
  readonly position: number;
  /** When that was published, in milliseconds since the epoch; 0 before the first. */
  readonly recordedAt: number;
}

/** What is read of a feed to go on from a place. */
export type ReadOnFeed = Pick<FeedReader, 'epoch' | 'head' | 'readFeed'>;

/** What follows a place in the feed, or that this place is not in it. */
export type FeedRead =
  | { readonly kind: 'page'; readonly entries: readonly FeedEntry[]; readonly head: number }
  /** It is another feed, or one that was put back to an older state: `feed` is the epoch of the one that there is. */
  | { readonly kind: 'elsewhere'; readonly feed: string; readonly head: number };

/**
 * Reads on after a place. The entry at it is read again, to see that it is still there.
 *
 * @param limit at most so many new entries.
 * @throws FeedError
 */
export const readOn = async (
  feed: ReadOnFeed,
  { feed: known, position, recordedAt }: FeedPlace,
  limit: number,
): Promise<FeedRead> => {
  const again = position > 0 ? 1 : 0;
  const entries = await feed.readFeed({ after: position - again, limit: limit + again });
  const head = entries.length < limit + again ? (entries.at(-1)?.position ?? 0) : await feed.head();
  // Asked last: a feed that takes the place of another while this reads has another epoch by now.
  const epoch = await feed.epoch();
  const [last] = entries;
  const isThere = again === 0 || (last?.position === position && last.recordedAt === recordedAt);
  if (epoch === known && isThere) return { kind: 'page', entries: entries.slice(again), head };
  return { kind: 'elsewhere', feed: epoch, head: await feed.head() };
};
