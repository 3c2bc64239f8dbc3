import Database from 'better-sqlite3';

import { EventStoreError } from '../errors.ts';

export interface WriterLock {
  readonly release: () => void;
}

/**
 * Makes sure that nobody else writes to the events of `path`, in this process or another, until the lock is released.
 *
 * The lock is an exclusive transaction on a file of its own, so that the events stay readable for others; the operating
 * system takes it away with the process, however that ends.
 *
 * @throws EventStoreError `event-store-in-use`.
 */
export function lockForWriting(path: string): WriterLock {
  const database = new Database(`${path}-lock`, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) {
      throw new EventStoreError(
        'event-store-in-use',
        `${path}: another process writes to this event store (is the service running already?): stop it first, or use another path`,
        { cause },
      );
    }
    throw cause;
  }
  return { release: () => database.close() };
}
