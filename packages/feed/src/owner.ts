import { FeedError } from './errors.ts';

/** Refuses to publish changes of another log than the one that the feed at a place belongs to. */
export const ofAnotherLog = (place: string, owner: string, log: string | null): FeedError => {
  const what = log === null ? 'the event store is empty' : 'the event store is another one';
  return new FeedError(
    'feed-of-another-log',
    `${place} says what was published of a log that starts with event ${owner}, and ${what}: ` +
      'put the events that belong to it back, or use another path',
  );
};
