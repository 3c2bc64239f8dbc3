import type { Database } from 'better-sqlite3';

import { FeedError } from '../errors.ts';

/** Keeps the feed to the log that it was first published from. */
export const createBindLog = (db: Database, path: string): ((log: string | null) => boolean) => {
  const select = db.prepare<[], string>('SELECT log FROM owner').pluck();
  const insert = db.prepare<[string]>('INSERT INTO owner (log) VALUES (?)');
  return (log) => {
    const owner = select.get();
    if (owner === undefined) {
      if (log !== null) insert.run(log);
      return log !== null;
    }
    if (owner === log) return true;
    const what = log === null ? 'the event store is empty' : 'the event store is another one';
    const message = `${path} says what was published of a log that starts with event ${owner}, and ${what}`;
    throw new FeedError(
      'feed-of-another-log',
      `${message}: put the events that belong to it back, or use another path`,
    );
  };
};
