import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import { EventStoreError } from '../errors.ts';

/** Stands in the header of the file and says whose it is: "StEv" in ASCII. */
const applicationId = 0x53744576;
const version = 1;

/**
 * Nothing but the stream and its revision is indexed: what must be unique is found there, retries included, and each
 * further index would cost an append more than the row itself.
 */
const schema = `
  CREATE TABLE events (
    position       INTEGER PRIMARY KEY,
    stream         TEXT    NOT NULL,
    revision       INTEGER NOT NULL,
    id             TEXT    NOT NULL,
    type           TEXT    NOT NULL,
    schema_version INTEGER NOT NULL,
    recorded_at    INTEGER NOT NULL,
    metadata       TEXT    NOT NULL,
    data           TEXT    NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${version};
`;

/** Opens the file for the one writer, and lays it out where it is new. */
export function openForWriting(path: string): Database.Database {
  const database = new Database(path);
  try {
    // Another program that looks at the file (a shell, a backup) may hold it for a moment.
    database.pragma('busy_timeout = 5000');
    database.pragma('cache_size = -65536');
    if (isNew(database)) {
      database.pragma('journal_mode = WAL');
      database
        .transaction(() => {
          if (isNew(database)) database.exec(schema);
        })
        .immediate();
    }
    checkOwner(database, path);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // The writer says itself when: after it has answered, and when nothing waits.
    database.pragma('wal_autocheckpoint = 0');
    database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens a file that is already an event store, to read from it beside its writer. */
export function openForReading(path: string): Database.Database {
  if (!existsSync(path)) {
    throw new EventStoreError('event-store-unavailable', `${path}: there is no event store here`);
  }
  const database = new Database(path, { readonly: true });
  try {
    database.pragma('busy_timeout = 5000');
    database.pragma('query_only = ON');
    // Most reading goes through the log once, where kept pages only take memory (a rebuild has little to spare); those who
    // look up single streams find the upper pages of the index here, and the rest in the system's cache.
    database.pragma('cache_size = -2048');
    checkOwner(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Makes the folder of a new file, and sees that both can be written to: SQLite opens what it may not write to read-only,
 * without a word, and it would come out at the first append.
 *
 * @throws EventStoreError `event-store-read-only`.
 */
export function prepareFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    accessSync(dirname(path), constants.W_OK);
    if (existsSync(path)) accessSync(path, constants.W_OK);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (reason !== 'EACCES' && reason !== 'EPERM' && reason !== 'EROFS') throw cause;
    throw new EventStoreError(
      'event-store-read-only',
      `${path}: the file or its folder may not be written to: check their permissions and how the disk is mounted (${reason})`,
      { cause },
    );
  }
}

function isNew(database: Database.Database): boolean {
  return (
    database.pragma('application_id', { simple: true }) === 0 &&
    database.pragma('user_version', { simple: true }) === 0 &&
    database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
  );
}

function checkOwner(database: Database.Database, path: string): void {
  const owner = database.pragma('application_id', { simple: true });
  if (owner !== applicationId) {
    throw new EventStoreError(
      'event-store-foreign-file',
      `${path}: this database belongs to another program: point the event store at another path`,
    );
  }
  const written = Number(database.pragma('user_version', { simple: true }));
  if (written !== version) {
    throw new EventStoreError(
      'event-store-foreign-file',
      `${path}: the file has layout version ${written}, and this program knows version ${version}: use the program that wrote it, or a newer one`,
    );
  }
}
