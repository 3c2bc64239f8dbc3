import type { EventLog } from '@stance/event-store';
import type { FeedStore, Publisher } from '@stance/feed';

/** A log is told apart by the id of its first event, which stays whatever it is put back to; `null` where it is empty. */
const firstEventId = async (source: Pick<EventLog, 'readAll'>): Promise<string | null> => {
  for (let after = 0; ;) {
    // A page may hold nothing although more follows.
    const { events, position } = await source.readAll({ after, limit: 1 });
    if (events[0] !== undefined || position === after) return events[0]?.id ?? null;
    after = position;
  }
};

export interface BoundPublisherOptions {
  /** The event store itself: what comes by another way may not have its first events, or none yet. */
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
  const bind = async (): Promise<boolean> => feed.bind(await firstEventId(source));
  let bound = await bind();
  return {
    async publishNext(limit) {
      bound ||= await bind();
      return publisher.publishNext(limit);
    },
  };
};
