import Database from 'better-sqlite3';

import { EventStoreError } from '../errors.ts';

/** What SQLite says went wrong (https://www.sqlite.org/rescode.html), as an error of the port. */
export function toEventStoreError(cause: unknown, path: string): EventStoreError {
  if (cause instanceof EventStoreError) return cause;
  if (!(cause instanceof Database.SqliteError)) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new EventStoreError('event-store-unavailable', `${path}: ${message}`, { retryable: true, cause });
  }
  const said = `(${cause.code}: ${cause.message})`;
  // The memory shared with readers is a file too, and grows where the disk has room.
  if (cause.code === 'SQLITE_IOERR_SHMSIZE') return noSpace(path, said, cause);
  // Extended codes begin with the name of the primary one: SQLITE_IOERR_FSYNC, SQLITE_CORRUPT_INDEX …
  switch (cause.code.split('_')[1]) {
    case 'FULL':
      return noSpace(path, said, cause);
    case 'READONLY':
    case 'PERM':
      return new EventStoreError(
        'event-store-read-only',
        `${path}: the file or its folder may not be written to: check their permissions and how the disk is mounted ${said}`,
        { cause },
      );
    case 'NOTADB':
      return new EventStoreError(
        'event-store-foreign-file',
        `${path}: this file is not an event store, or not one that can be read: point the event store at another path ${said}`,
        { cause },
      );
    case 'CORRUPT':
      return new EventStoreError(
        'event-store-corrupt',
        `${path}: the file is damaged: stop the service and put back a backup ${said}`,
        { cause },
      );
    default:
      return new EventStoreError('event-store-unavailable', `${path}: the event store does not answer ${said}`, {
        retryable: true,
        cause,
      });
  }
}

function noSpace(path: string, said: string, cause: unknown): EventStoreError {
  return new EventStoreError(
    'event-store-full',
    `${path}: there is no space left to write to, and nothing of the request was written: make room, then send it again ${said}`,
    { retryable: true, cause },
  );
}
