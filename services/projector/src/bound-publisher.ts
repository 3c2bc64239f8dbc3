import { firstEventId } from '@stance/event-store';
import type { EventLog } from '@stance/event-store';
import { FeedError } from '@stance/feed';
import type { FeedStore, Publisher } from '@stance/feed';

export interface BoundPublisherOptions {
  /** The event store itself: what comes by another way may not have its first events, or none yet. */
  readonly source: Pick<EventLog, 'readAll'>;
  readonly feed: Pick<FeedStore, 'bind'>;
  readonly publisher: Publisher;
}

const isOfAnotherLog = (error: unknown): boolean => error instanceof FeedError && error.code === 'feed-of-another-log';

/**
 * Publishes to a feed that belongs to the log: what is in the feed of another one would be taken back at once, under the
 * feet of its readers.
 *
 * @throws FeedError `feed-of-another-log`
 */
export const createBoundPublisher = async ({ source, feed, publisher }: BoundPublisherOptions): Promise<Publisher> => {
  const bind = async (): Promise<boolean> => {
    const log = await firstEventId(source);
    try {
      return await feed.bind(log);
    } catch (error) {
      // Where the log was empty when it was looked at, others may have written and published since.
      const later = log === null && isOfAnotherLog(error) ? await firstEventId(source) : null;
      if (later === null) throw error;
      return feed.bind(later);
    }
  };
  let bound = await bind();
  return {
    async publishNext(limit) {
      bound ||= await bind();
      return publisher.publishNext(limit);
    },
  };
};
