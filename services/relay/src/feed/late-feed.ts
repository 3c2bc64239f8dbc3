import type { ReadOnFeed } from '@stance/feed';

/** A feed that is closed when it is of no use any more. */
export type OpenFeed = ReadOnFeed & { close(): Promise<void> };

/** A feed that may not be there yet: it is opened when it is first needed, until that goes well. */
export interface LateFeed {
  /** @throws FeedError `feed-missing` where it is not made yet, or why it cannot be opened. */
  reader(): Promise<OpenFeed>;
  close(): Promise<void>;
}

export const createLateFeed = (open: () => Promise<OpenFeed>): LateFeed => {
  let opening: Promise<OpenFeed> | null = null;
  return {
    async reader() {
      opening ??= open();
      try {
        return await opening;
      } catch (error) {
        opening = null;
        throw error;
      }
    },
    async close() {
      const reader = await opening?.catch(() => null);
      await reader?.close();
    },
  };
};
