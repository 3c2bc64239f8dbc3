import type { FeedEntry, FeedReader } from '@stance/feed';
import type { FeedCheckpoint } from '@stance/relay-state';

/** What is read of a feed to relay it. */
export type RelayedFeed = Pick<FeedReader, 'epoch' | 'head' | 'readFeed'>;

/** What follows a place in the feed, or that this place is not in it. */
export type FeedRead =
  | { readonly kind: 'page'; readonly entries: readonly FeedEntry[]; readonly head: number }
  /** It is another feed, or one that was put back to an older state: `feed` is the epoch of the one that there is. */
  | { readonly kind: 'elsewhere'; readonly feed: string; readonly head: number };

/**
 * Reads on after the last entry that was relayed. That entry is read again, to see that it is still there.
 *
 * @param limit at most so many new entries.
 * @throws FeedError
 */
export const readOn = async (
  feed: RelayedFeed,
  { feed: relayed, position, recordedAt }: FeedCheckpoint,
  limit: number,
): Promise<FeedRead> => {
  const known = position > 0 ? 1 : 0;
  const entries = await feed.readFeed({ after: position - known, limit: limit + known });
  const head = entries.length < limit + known ? (entries.at(-1)?.position ?? 0) : await feed.head();
  // Asked last: a feed that takes the place of another while this reads has another epoch by now.
  const epoch = await feed.epoch();
  const [last] = entries;
  const isThere = known === 0 || (last?.position === position && last.recordedAt === recordedAt);
  if (epoch === relayed && isThere) return { kind: 'page', entries: entries.slice(known), head };
  return { kind: 'elsewhere', feed: epoch, head: await feed.head() };
};
