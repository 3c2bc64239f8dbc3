import { closeSync, fsyncSync, openSync } from 'node:fs';

import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

import type { TableName } from '../tables.ts';
import type { HistoryState, ReadModelWriter, Row, StatementState, WriteBatch } from '../writer.ts';
import { createBatchWriter } from './batch-writer.ts';
import { createHashIndex, hashOf } from './hash-index.ts';
import { createHeapRows } from './heap-rows.ts';
import { createIndexesOf } from './schema.ts';
import { answered, guarded } from './sqlite-errors.ts';
import { createSchema, createWriter } from './writer.ts';
import type { SqliteReadModelWriterOptions } from './writer.ts';

/** A writer that fills a new file which nobody reads yet, as fast as it can. */
export interface ReadModelFiller extends ReadModelWriter {
  /** Makes the indexes that filling did without. `knownVersions` and `changes` may be called only from then on. */
  index(): Promise<void>;
  /** Makes the file durable and releases it. */
  finish(): Promise<void>;
}

/** The large tables: their indexes are made when they are full, which sorts once what they would else insert one by one. */
const indexedLast: readonly TableName[] = ['statements', 'histories', 'changes'];

/** What tells the statements of a file in which no id is indexed yet. */
const createStatementIndex = (db: Database) => {
  const firsts = createHashIndex();
  /** The statements with more than one event: where the last version stands and the last revision. */
  const later = new Map<string, { position: number; revision: number; retracted: boolean }>();
  const rowAt = db.prepare<[number], { id: string; history: number; revision: number; knownTo: number | null }>(
    'SELECT id, history, revision, known_to AS knownTo FROM statements WHERE position = ?',
  );

  return {
    find(id: string): StatementState | null {
      for (const firstPosition of firsts.get(hashOf(id))) {
        if (rowAt.get(firstPosition)?.id !== id) continue;
        const last = later.get(id) ?? { position: firstPosition, revision: 0, retracted: false };
        const row = rowAt.get(last.position);
        if (row !== undefined) return { firstPosition, ...last, history: row.history, known: row.knownTo === null };
      }
      return null;
    },
    note({ insert }: WriteBatch): void {
      for (const [position, id, revision] of insert.statements ?? []) {
        if (revision === 0) firsts.add(hashOf(String(id)), Number(position));
        else later.set(String(id), { position: Number(position), revision: Number(revision), retracted: false });
      }
      for (const [, id, revision] of insert.retractions ?? []) {
        const position = later.get(String(id))?.position ?? this.find(String(id))?.position;
        if (position !== undefined) later.set(String(id), { position, revision: Number(revision), retracted: true });
      }
    },
  };
};

const historyState = ([, , firstPosition, lastPosition, failure, tail]: Row): HistoryState => ({
  firstPosition: Number(firstPosition),
  lastPosition: Number(lastPosition),
  tail: String(tail),
  failure: typeof failure === 'string' ? failure : null,
});

const sync = (path: string): void => {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/**
 * Opens a new file for filling. It has no journal: a file that was not finished is worth nothing.
 *
 * @throws ReadModelError `read-model-read-only` or `read-model-unavailable`.
 */
export const openSqliteReadModelFiller = ({ path, method }: SqliteReadModelWriterOptions): ReadModelFiller =>
  guarded(path, () => {
    const db = new Sqlite(path);
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('cache_size = -65536');
    createSchema(db, method, false);
    const small = createIndexesOf((table) => !indexedLast.includes(table));
    const large = createIndexesOf((table) => indexedLast.includes(table));
    for (const statement of small) db.exec(statement);
    const histories = createHeapRows(db, 'histories');
    const changes = createHeapRows(db, 'changes');
    const writer = createWriter(db, path, createBatchWriter(db, { histories, changes }));
    const statements = createStatementIndex(db);
    const names = createHashIndex();
    let anyReplaced = false;
    // One transaction for all of it: a file that was not finished is thrown away whole.
    db.exec('BEGIN');

    const note = (batch: WriteBatch): void => {
      statements.note(batch);
      for (const [, id] of batch.insert.actors ?? []) names.add(hashOf(`a${String(id)}`), 1);
      for (const [, id] of batch.insert.propositions ?? []) names.add(hashOf(`p${String(id)}`), 1);
      anyReplaced ||= (batch.add.replacements ?? []).length > 0;
    };

    return {
      ...writer,
      actors: (ids) => writer.actors(ids.filter((id) => names.has(hashOf(`a${id}`)))),
      propositions: (ids) => writer.propositions(ids.filter((id) => names.has(hashOf(`p${id}`)))),
      statements: (ids) =>
        answered(path, () => {
          const found = new Map<string, StatementState>();
          for (const id of ids) {
            const state = statements.find(id);
            if (state !== null) found.set(id, state);
          }
          return found;
        }),
      replaced: (ids) => (anyReplaced ? writer.replaced(ids) : Promise.resolve(new Set())),
      histories: (keys) =>
        answered(path, () => {
          const found = new Map<number, HistoryState>();
          for (const key of keys) {
            const row = histories.find([key]);
            if (row !== undefined) found.set(key, historyState(row));
          }
          return found;
        }),
      async commit(batch) {
        await writer.commit(batch);
        note(batch);
      },
      index: () =>
        answered(path, () => {
          for (const statement of large) db.exec(statement);
        }),
      finish: () =>
        answered(path, () => {
          db.exec('COMMIT');
          db.pragma('locking_mode = NORMAL');
          db.pragma('journal_mode = WAL');
          db.close();
          sync(path);
        }),
    };
  });
