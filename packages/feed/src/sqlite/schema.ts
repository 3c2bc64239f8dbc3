import { randomUUID } from 'node:crypto';

import type { Database } from 'better-sqlite3';

import { FeedError } from '../errors.ts';

/** Stands in the header of the file and says whose it is: "STFD" in ASCII. */
const applicationId = 0x53_54_46_44;
const version = 1;

const schema = `
  CREATE TABLE feed (epoch TEXT NOT NULL) STRICT;
  CREATE TABLE entries (
    position       INTEGER PRIMARY KEY,
    type           TEXT    NOT NULL,
    change_id      TEXT    NOT NULL,
    holder         TEXT    NOT NULL,
    proposition    TEXT    NOT NULL,
    revision       INTEGER NOT NULL,
    detected_at    INTEGER NOT NULL,
    recorded_at    INTEGER NOT NULL,
    previous       INTEGER,
    replaced_by    TEXT,
    method         TEXT    NOT NULL,
    method_version INTEGER NOT NULL,
    body           TEXT    NOT NULL
  ) STRICT;
  CREATE TABLE published (
    holder      TEXT    NOT NULL,
    proposition TEXT    NOT NULL,
    change_id   TEXT    NOT NULL,
    entry       INTEGER NOT NULL,
    PRIMARY KEY (holder, proposition, change_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cursors (
    generation TEXT    PRIMARY KEY,
    position   INTEGER NOT NULL,
    swept      INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${String(applicationId)};
  PRAGMA user_version = ${String(version)};
`;

const isEmptyFile = (db: Database): boolean =>
  db.pragma('application_id', { simple: true }) === 0 &&
  db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;

/** A table that files of before have not: those who do not know it can go on without. */
export const createOwner = (db: Database): void => {
  db.exec('CREATE TABLE IF NOT EXISTS owner (log TEXT NOT NULL) STRICT');
};

/** Makes the tables, and an epoch, in a file that is empty. */
export const createSchema = (db: Database): void => {
  if (!isEmptyFile(db)) return;
  db.pragma('journal_mode = WAL');
  db.transaction(() => {
    if (!isEmptyFile(db)) return;
    db.exec(schema);
    db.prepare('INSERT INTO feed (epoch) VALUES (?)').run(randomUUID());
  }).immediate();
};

/** @throws FeedError `feed-foreign-file`. */
export const checkSchema = (db: Database, path: string): void => {
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new FeedError('feed-foreign-file', `${path} is a SQLite file, but no feed of this service`);
  }
  const written = db.pragma('user_version', { simple: true });
  if (written !== version) {
    const message = `${path} has tables of version ${String(written)}, this program knows version ${String(version)}`;
    throw new FeedError('feed-foreign-file', message);
  }
};
