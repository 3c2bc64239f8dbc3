import type { EventLog } from '@stance/event-store';
import type { FeedStore, Publisher } from '@stance/feed';

export interface BoundPublisherOptions {
  readonly source: Pick<EventLog, 'readAll'>;
  readonly feed: Pick<FeedStore, 'bind'>;
  readonly publisher: Publisher;
}

/**
 * Publishes to a feed that belongs to the log: what is in the feed of another one would be taken back at once, under the
 * feet of its readers.
 *
 * @throws FeedError `feed-of-another-log`
 */
export const createBoundPublisher = async ({ source, feed, publisher }: BoundPublisherOptions): Promise<Publisher> => {
  const bind = async (): Promise<boolean> => {
    // A log is told apart by the id of its first event, which stays whatever it is put back to.
    const { events } = await source.readAll({ after: 0, limit: 1 });
    return feed.bind(events[0]?.id ?? null);
  };
  let bound = await bind();
  return {
    async publishNext(limit) {
      bound ||= await bind();
      return publisher.publishNext(limit);
    },
  };
};
