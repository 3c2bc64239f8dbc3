import { existsSync } from 'node:fs';

import Database from 'better-sqlite3';

import { EventStoreError } from '../errors.ts';
import { resolveLinks } from './resolve-links.ts';

export interface WriterLock {
  readonly release: () => void;
}

/**
 * Makes sure that nobody else writes to the events of `path`, in this process or another, until the lock is released.
 *
 * Links to one file share one lock. It is an exclusive transaction on a file of its own, so that the events stay readable for others; the operating
 * system takes it away with the process, however that ends.
 *
 * @throws EventStoreError `event-store-in-use`.
 */
export function lockForWriting(path: string): WriterLock {
  const file = resolveLinks(path);
  const database = new Database(`${file}-lock`, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) {
      throw new EventStoreError(
        'event-store-in-use',
        `${file}: another process writes to this event store (is the service running already?): stop it first, or use another path`,
        { cause },
      );
    }
    throw cause;
  }
  return { release: () => database.close() };
}

/** Whether somebody writes to the events of a file now. Makes no file, and says no where that cannot be found out. */
export function isSqliteEventStoreInUse({ path }: { readonly path: string }): boolean {
  if (!existsSync(`${resolveLinks(path)}-lock`)) return false;
  try {
    lockForWriting(path).release();
    return false;
  } catch (error) {
    return error instanceof EventStoreError && error.code === 'event-store-in-use';
  }
}
