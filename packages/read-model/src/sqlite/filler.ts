import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

import { createIndexesOf } from '../indexes.ts';
import type { TableName } from '../tables.ts';
import type { HistoryState, ReadModelWriter, StatementState, WriteBatch } from '../writer.ts';
import { createBatchWriter } from './batch-writer.ts';
import { checkSchema, isEmptyFile } from './schema-check.ts';
import { createHashIndex, hashOfNumber, hashOfText } from './hash-index.ts';
import { answered, guarded } from './sqlite-errors.ts';
import { createSchema, createWriter } from './writer.ts';
import type { SqliteReadModelWriterOptions } from './writer.ts';

/** A writer that fills a file which nobody reads yet, as fast as it can. What it has written when it is closed, or killed, it goes on from. */
export interface ReadModelFiller extends ReadModelWriter {
  /** Makes the indexes that filling did without. `knownVersions` and `changes` may be called only from then on. */
  index(): Promise<void>;
  /** Makes the file durable and releases it. */
  finish(): Promise<void>;
}

/** Who asks for the histories of an actor needs them in order: this index is then made before the others. */
const historyIndexes = createIndexesOf((table) => table === 'histories');

/** Who brings parked events back asks for the versions of statements, and for those of an actor. */
const statementIndexes = createIndexesOf((table) => table === 'statements');

/** The large tables: their indexes are made when they are full, which sorts once what they would else insert one by one. */
const indexedLast: readonly TableName[] = ['statements', 'histories', 'changes'];

/** What tells the statements of a file in which no id is indexed yet. */
const createStatementIndex = (db: Database) => {
  const firsts = createHashIndex();
  /** The statements with more than one event: where the last version stands and the last revision. */
  const later = new Map<string, { position: number; revision: number; retracted: boolean }>();
  interface LaterEvent {
    readonly id: string;
    readonly revision: number;
    /** `null`: a retraction. */
    readonly position: number | null;
  }
  const firstEvents = db.prepare<[], { position: number; id: string }>(
    'SELECT position, id FROM statements WHERE revision = 0',
  );
  const laterEvents = db.prepare<[], LaterEvent>(
    `SELECT id, revision, position FROM statements WHERE revision > 0
     UNION ALL SELECT id, revision, NULL FROM retractions ORDER BY revision`,
  );
  const rowAt = db.prepare<[number], { id: string; history: number; revision: number; knownTo: number | null }>(
    'SELECT id, history, revision, known_to AS knownTo FROM statements WHERE position = ?',
  );

  return {
    /** Remembers what the file holds. */
    load(): void {
      for (const { position, id } of firstEvents.iterate()) firsts.add(hashOfText(id), position);
      for (const { id, revision, position } of laterEvents.all()) {
        const last = position ?? later.get(id)?.position ?? this.find(id)?.position;
        if (last !== undefined) later.set(id, { position: last, revision, retracted: position === null });
      }
    },
    find(id: string): StatementState | null {
      for (const firstPosition of firsts.get(hashOfText(id))) {
        if (rowAt.get(firstPosition)?.id !== id) continue;
        const last = later.get(id) ?? { position: firstPosition, revision: 0, retracted: false };
        const row = rowAt.get(last.position);
        if (row !== undefined) return { firstPosition, ...last, history: row.history, known: row.knownTo === null };
      }
      return null;
    },
    note({ insert }: WriteBatch): void {
      for (const [position, id, revision] of insert.statements ?? []) {
        if (revision === 0) firsts.add(hashOfText(String(id)), Number(position));
        else later.set(String(id), { position: Number(position), revision: Number(revision), retracted: false });
      }
      for (const [, id, revision] of insert.retractions ?? []) {
        const position = later.get(String(id))?.position ?? this.find(String(id))?.position;
        if (position !== undefined) later.set(String(id), { position, revision: Number(revision), retracted: true });
      }
    },
    release(): void {
      firsts.release();
      later.clear();
    },
  };
};

const createHistoryIndex = (db: Database) => {
  const firsts = createHashIndex();
  const all = db.prepare<[], { no: number; history: number }>('SELECT no, history FROM histories');
  const rowAt = db.prepare<[number], HistoryState & { history: number }>(
    `SELECT history, no, first_position AS firstPosition, last_position AS lastPosition, tail, failure
     FROM histories WHERE no = ?`,
  );

  return {
    /** Remembers what the file holds. */
    load(): void {
      for (const { no, history } of all.iterate()) firsts.add(hashOfNumber(history), no);
    },
    find(key: number): HistoryState | null {
      for (const no of firsts.get(hashOfNumber(key))) {
        const row = rowAt.get(no);
        if (row?.history === key) return row;
      }
      return null;
    },
    note({ insert, put }: WriteBatch): void {
      for (const [no, history] of insert.histories ?? []) firsts.add(hashOfNumber(Number(history)), Number(no));
      // One that a parked event, brought back, began before others that are there.
      for (const [no, history] of put.histories ?? []) {
        if (!firsts.get(hashOfNumber(Number(history))).includes(Number(no))) {
          firsts.add(hashOfNumber(Number(history)), Number(no));
        }
      }
    },
    release: firsts.release,
  };
};

const foundOf = <Key, State>(keys: readonly Key[], find: (key: Key) => State | null): Map<Key, State> => {
  const found = new Map<Key, State>();
  for (const key of keys) {
    const state = find(key);
    if (state !== null) found.set(key, state);
  }
  return found;
};

const sync = (path: string): void => {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** So many batches are written before they are made to last: what a crash takes is done again. */
const batchesPerTransaction = 200;

/**
 * Opens a file for filling: a new one, or one that was left before it was finished.
 *
 * @throws ReadModelError `read-model-read-only`, `read-model-unavailable`, `read-model-foreign-file`, `read-model-outdated`.
 */
export const openSqliteReadModelFiller = ({ path, method }: SqliteReadModelWriterOptions): ReadModelFiller =>
  guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const db = new Sqlite(path);
    // A journal of what was there before a transaction is short: nearly all of what is written is new.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = TRUNCATE');
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -16384');
    const isNew = isEmptyFile(db);
    if (isNew) db.transaction(() => createSchema(db, method, false)).immediate();
    checkSchema(db, path);
    let indexed = false;
    const indexHistories = (): void => {
      if (!indexed) for (const statement of historyIndexes) db.exec(statement);
      indexed = true;
    };
    const small = createIndexesOf((table) => !indexedLast.includes(table));
    let statementsIndexed = false;
    const indexStatements = (): void => {
      if (!statementsIndexed) for (const statement of statementIndexes) db.exec(statement);
      statementsIndexed = true;
    };
    const changeIndexes = createIndexesOf((table) => table === 'changes');
    for (const statement of small) db.exec(statement);
    const writer = createWriter(db, path, createBatchWriter(db));
    const statements = createStatementIndex(db);
    const histories = createHistoryIndex(db);
    if (!isNew) {
      statements.load();
      histories.load();
    }
    let complete = false;
    let batches = 0;
    db.exec('BEGIN');
    const makeLast = (): void => {
      db.exec('COMMIT; BEGIN');
      batches = 0;
    };

    return {
      ...writer,
      statements: (ids) =>
        complete ? writer.statements(ids) : answered(path, () => foundOf(ids, (id) => statements.find(id))),
      histories: (keys) =>
        complete ? writer.histories(keys) : answered(path, () => foundOf(keys, (key) => histories.find(key))),
      async historiesOf(actors) {
        await answered(path, indexHistories);
        return writer.historiesOf(actors);
      },
      async statementSpans(ids) {
        await answered(path, indexStatements);
        return writer.statementSpans(ids);
      },
      async beginnings(actors) {
        await answered(path, indexStatements);
        return writer.beginnings(actors);
      },
      async commit(batch) {
        await writer.commit(batch);
        if (!complete) {
          statements.note(batch);
          histories.note(batch);
        }
        batches += 1;
        if (batches >= batchesPerTransaction) await answered(path, makeLast);
      },
      index: () =>
        answered(path, () => {
          // Sorting takes much memory, and what was remembered is of no use any more.
          statements.release();
          histories.release();
          complete = true;
          indexHistories();
          indexStatements();
          for (const statement of changeIndexes) db.exec(statement);
          makeLast();
        }),
      finish: () =>
        answered(path, () => {
          db.exec('COMMIT');
          db.pragma('locking_mode = NORMAL');
          db.pragma('journal_mode = WAL');
          db.close();
          sync(path);
        }),
      close: () =>
        answered(path, () => {
          if (db.open && db.inTransaction) db.exec('COMMIT');
          db.close();
        }),
    };
  });
