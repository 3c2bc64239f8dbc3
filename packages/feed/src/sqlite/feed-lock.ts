import Sqlite from 'better-sqlite3';

import { FeedError } from '../errors.ts';

export interface FeedLock {
  readonly release: () => void;
}

/**
 * Makes sure that nobody else publishes to the feed of `path`, in this process or another, until the lock is released: an
 * exclusive transaction on a file of its own, so that the feed stays readable; it goes with the process, however that ends.
 *
 * @throws FeedError `feed-in-use`.
 */
export const lockFeed = (path: string): FeedLock => {
  const db = new Sqlite(`${path}-lock`, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if (cause instanceof Sqlite.SqliteError && cause.code.startsWith('SQLITE_BUSY')) {
      const message = `${path}: another service publishes to this feed: stop it first, or use another path`;
      throw new FeedError('feed-in-use', message, { cause });
    }
    throw cause;
  }
  return { release: () => db.close() };
};
