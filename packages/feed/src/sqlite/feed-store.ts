import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';

import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

import { FeedError } from '../errors.ts';
import type { FeedCursor, FeedReader, FeedStore, HistoryName, Publication } from '../feed-store.ts';
import { createBindLog } from './bind-log.ts';
import { lockFeed } from './feed-lock.ts';
import type { FeedLock } from './feed-lock.ts';
import { createFeedReads } from './feed-reads.ts';
import { checkSchema, createOwner, createSchema } from './schema.ts';
import { answered, guarded } from './sqlite-errors.ts';

const createPublish = (db: Database, head: () => number) => {
  const selectCursor = db.prepare<[string], { position: number; swept: number }>(
    'SELECT position, swept FROM cursors WHERE generation = ?',
  );
  const putCursor = db.prepare(
    `INSERT INTO cursors (generation, position, swept) VALUES (?, ?, ?)
     ON CONFLICT (generation) DO UPDATE SET position = excluded.position, swept = excluded.swept`,
  );
  const dropOtherCursors = db.prepare('DELETE FROM cursors WHERE generation <> ?');
  const insertEntry = db.prepare<unknown[]>(
    `INSERT INTO entries (position, type, change_id, holder, proposition, revision, detected_at, recorded_at, previous,
       replaced_by, method, method_version, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const putPublished = db.prepare<unknown[]>(
    `INSERT INTO published (holder, proposition, change_id, entry) VALUES (?, ?, ?, ?)
     ON CONFLICT (holder, proposition, change_id) DO UPDATE SET entry = excluded.entry`,
  );
  const dropPublished = db.prepare<unknown[]>(
    'DELETE FROM published WHERE holder = ? AND proposition = ? AND change_id = ?',
  );

  const cursor = (generation: string): FeedCursor => {
    const row = selectCursor.get(generation);
    return row === undefined ? { position: 0, swept: false } : { position: row.position, swept: row.swept === 1 };
  };

  const publish = db.transaction((publication: Publication): number => {
    const { generation, after, recordedAt } = publication;
    const at = cursor(generation);
    if (at.position !== after.position || at.swept !== after.swept) {
      throw new FeedError(
        'feed-conflict',
        `the feed is not at position ${String(after.position)}: somebody else publishes, too`,
      );
    }
    let position = head();
    for (const entry of publication.entries) {
      const { type, changeId, holder, proposition, revision, detectedAt, previous, replacedBy, method, body } = entry;
      position += 1;
      insertEntry.run([
        position,
        type,
        changeId,
        holder,
        proposition,
        revision,
        detectedAt,
        recordedAt,
        previous,
        replacedBy,
        method.name,
        method.version,
        body,
      ]);
      if (type === 'StanceChangeRemoved') dropPublished.run(holder, proposition, changeId);
      else putPublished.run(holder, proposition, changeId, position);
    }
    putCursor.run(generation, publication.cursor.position, publication.cursor.swept ? 1 : 0);
    if (publication.cursor.swept && !after.swept) dropOtherCursors.run(generation);
    return position;
  });

  return { cursor, publish: publish.immediate };
};

const open = (path: string, options: Sqlite.Options, prepare: (db: Database) => void): Database => {
  const db = new Sqlite(path, options);
  try {
    db.pragma('busy_timeout = 5000');
    prepare(db);
    checkSchema(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Links to one file share one lock. */
const resolveLinks = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path; // a file that is not there yet
  }
};

const openForPublishing = (path: string, lock: FeedLock): Database => {
  try {
    const db = open(path, {}, (file) => {
      // SQLite opens a file that it may not write to for reading, and says so at the first write only.
      accessSync(path, constants.W_OK);
      createSchema(file);
      file.pragma('synchronous = FULL');
      file.pragma('cache_size = -32768');
    });
    createOwner(db);
    return db;
  } catch (error) {
    lock.release();
    throw error;
  }
};

/**
 * Opens the feed store in a SQLite file, and makes it, with an epoch of its own, where there is none.
 *
 * @throws FeedError `feed-in-use`, `feed-foreign-file`, `feed-corrupt`, `feed-read-only` or `feed-unavailable`.
 */
export const openSqliteFeedStore = ({ path }: { readonly path: string }): FeedStore =>
  guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const lock = lockFeed(resolveLinks(path));
    const db = openForPublishing(path, lock);
    const reads = createFeedReads(db, path);
    const { cursor, publish } = createPublish(db, reads.head);
    const bind = createBindLog(db, path);
    // Outside of a transaction each look at the file would take and release its lock.
    const published = db.transaction((histories: readonly HistoryName[]) => histories.map(reads.published));
    return {
      ...reads.reader,
      close: async () => {
        await reads.reader.close();
        lock.release();
      },
      bind: (log) => answered(path, () => bind(log)),
      cursor: (generation) => answered(path, () => cursor(generation)),
      published: (histories) => answered(path, () => published(histories)),
      publishedHistories: ({ after, limit }) => answered(path, () => reads.histories(after, limit)),
      publish: (publication) => answered(path, () => publish(publication)),
    };
  });

/**
 * Opens a feed for reading, beside the one who publishes.
 *
 * @throws FeedError `feed-foreign-file`, `feed-corrupt` or `feed-unavailable`.
 */
export const openSqliteFeedReader = ({ path }: { readonly path: string }): FeedReader =>
  guarded(path, () => {
    const db = open(path, { readonly: true, fileMustExist: true }, (file) => {
      file.pragma('cache_size = -32768');
    });
    return createFeedReads(db, path).reader;
  });
