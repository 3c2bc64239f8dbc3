import { openSqliteFeedReader } from '@stance/feed/sqlite';
import type { FeedEntry } from '@stance/feed';

export interface Feed {
  readonly epoch: string;
  readonly entries: readonly FeedEntry[];
}

/** All that was ever published. */
export const readFeed = async (path: string): Promise<Feed> => {
  const feed = openSqliteFeedReader({ path });
  try {
    return { epoch: await feed.epoch(), entries: await feed.readFeed({ after: 0, limit: 100_000 }) };
  } finally {
    await feed.close();
  }
};

/** What a reader holds who has applied the entries in order: each change by its id. @throws Error where that is not possible. */
export const applied = (entries: readonly FeedEntry[]): Map<string, FeedEntry> => {
  const held = new Map<string, FeedEntry>();
  for (const [index, entry] of entries.entries()) {
    const { position, type, changeId } = entry;
    if (position !== index + 1) throw new Error(`feed position ${position} stands where ${index + 1} should`);
    if ((type === 'StanceChangeDetected') === held.has(changeId))
      throw new Error(`${type} of ${changeId} at ${position}`);
    if (type === 'StanceChangeRemoved') held.delete(changeId);
    else held.set(changeId, entry);
  }
  return held;
};
