import { randomUUID } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

import type { Checkpoint, EventName, ReadModelWriter, WriteBatch } from '../writer.ts';
import { ReadModelError } from '../errors.ts';
import { createBatchWriter } from './batch-writer.ts';
import { createLookups } from './lookups.ts';
import { checkSchema, isEmptyFile } from './schema-check.ts';
import { createIndexesOf } from '../indexes.ts';
import { schemaVersion } from '../tables.ts';
import { applicationId, createTables } from './schema.ts';
import { answered, guarded } from './sqlite-errors.ts';

export interface SqliteReadModelWriterOptions {
  readonly path: string;
  /** By which the changes are made. A file made by another method, or another version of it, is refused. */
  readonly method: { readonly name: string; readonly version: number };
}

/** The tables, their mark and a checkpoint at position 0, with a generation of its own. */
export const createSchema = (db: Database, method: SqliteReadModelWriterOptions['method'], indexes: boolean): void => {
  for (const statement of createTables) db.exec(statement);
  if (indexes) for (const statement of createIndexesOf(() => true)) db.exec(statement);
  db.prepare(
    `INSERT INTO checkpoint (name, position, recorded_at, generation, method, method_version) VALUES ('main', 0, 0, ?, ?, ?)`,
  ).run(randomUUID(), method.name, method.version);
  db.pragma(`application_id = ${String(applicationId)}`);
  db.pragma(`user_version = ${String(schemaVersion)}`);
};

export const readCheckpoint = (db: Database): Checkpoint => {
  const row = db
    .prepare<[], Checkpoint>(
      `SELECT position, recorded_at AS recordedAt, generation, method, method_version AS methodVersion FROM checkpoint WHERE name = 'main'`,
    )
    .get();
  if (row === undefined) throw new ReadModelError('read-model-corrupt', 'the read model has no checkpoint: rebuild it');
  return row;
};

const readLastEvent = (db: Database): EventName | null =>
  db
    .prepare<[], EventName>(
      `SELECT event_id AS id, event_stream AS stream, event_revision AS revision FROM checkpoint
       WHERE event_id IS NOT NULL`,
    )
    .get() ?? null;

/** A writer on an open database; `commit` is what makes a batch durable. */
export const createWriter = (
  db: Database,
  path: string,
  write: (batch: WriteBatch, generation: string | null) => void = db.transaction(createBatchWriter(db)).immediate,
): ReadModelWriter => {
  /** Of the read model that the caller knows. */
  let generation: string | null = null;
  const lookups = createLookups(db);
  const highest = (table: 'actors' | 'propositions'): number =>
    db.prepare<[], number>(`SELECT coalesce(max(no), 0) FROM ${table}`).pluck().get() ?? 0;
  const answer = <Result>(run: () => Result): Promise<Result> => answered(path, run);
  // Outside of a transaction each look at the file would take and release its lock.
  const readTogether = db.transaction(<Result>(run: () => Result): Result => run());
  const lookUp = <Result>(run: () => Result): Promise<Result> => answer(() => readTogether(run) as Result);

  return {
    checkpoint: () =>
      answer(() => {
        const read = readCheckpoint(db);
        ({ generation } = read);
        return read;
      }),
    lastEvent: () => answer(() => readLastEvent(db)),
    numbers: () => answer(() => ({ actors: highest('actors'), propositions: highest('propositions') })),
    parkedStreams: () => answer(() => db.prepare<[], string>('SELECT DISTINCT stream FROM parked').pluck().all()),
    parkedEvents: (stream) => answer(() => lookups.parkedEvents(stream)),
    skips: () => answer(() => lookups.skips()),
    appliedRevision: (stream) => answer(() => lookups.appliedRevision(stream)),
    merges: () => answer(() => lookups.merges()),
    mergeSpans: () => answer(() => lookups.mergeSpans()),
    memberships: (actors) => lookUp(() => lookups.memberships(actors)),
    topics: (ids) => lookUp(() => lookups.topics(ids)),
    actors: (ids) => lookUp(() => lookups.actors(ids)),
    propositions: (ids) => lookUp(() => lookups.propositions(ids)),
    statements: (ids) => lookUp(() => lookups.statements(ids)),
    replaced: (ids) => lookUp(() => lookups.replaced(ids)),
    histories: (keys) => lookUp(() => lookups.histories(keys)),
    statementSpans: (ids) => lookUp(() => lookups.statementSpans(ids)),
    beginnings: (actors) => lookUp(() => lookups.beginnings(actors)),
    historiesOf: (actors) => lookUp(() => lookups.historiesOf(actors)),
    historiesAbout: (proposition) => answer(() => lookups.historiesAbout(proposition)),
    historyNames: (keys) => lookUp(() => lookups.historyNames(keys)),
    spokenIn: (actors) => lookUp(() => lookups.spokenIn(actors)),
    pointers: () => answer(() => lookups.pointers()),
    disowners: () => answer(() => lookups.disowners()),
    disownings: (actors) => lookUp(() => lookups.disownings(actors)),
    knownNames: (actor) => answer(() => lookups.knownNames(actor)),
    knownVersions: (history) => answer(() => lookups.knownVersions(history)),
    changes: (history) => answer(() => lookups.changes(history)),
    unfolded: () => answer(() => lookups.unfolded()),
    commit: (batch: WriteBatch) =>
      answer(() => {
        write(batch, generation);
        generation = batch.generation ?? generation;
      }),
    close: () =>
      answer(() => {
        db.close();
      }),
  };
};

/**
 * Opens the read model in a SQLite file for writing, and makes it, its folder included, where there is none.
 *
 * @throws ReadModelError `read-model-foreign-file`, `read-model-outdated` (rebuild it), `read-model-corrupt`,
 *   `read-model-read-only` or `read-model-unavailable`.
 */
export const openSqliteReadModelWriter = (options: SqliteReadModelWriterOptions): ReadModelWriter =>
  guarded(options.path, () => {
    mkdirSync(dirname(options.path), { recursive: true });
    const db = new Sqlite(options.path);
    try {
      // SQLite opens a file that it may not write to for reading, and says so at the first write only.
      if (!db.memory) accessSync(options.path, constants.W_OK);
      db.pragma('busy_timeout = 5000');
      if (isEmptyFile(db)) db.transaction(() => createSchema(db, options.method, true)).immediate();
      checkSchema(db, options.path);
      db.pragma('journal_mode = WAL');
      // A lost tail is replayed from the log: the checkpoint stands in the same transaction as the rows.
      db.pragma('synchronous = NORMAL');
      db.pragma('cache_size = -65536');
      const { method, methodVersion } = readCheckpoint(db);
      if (method !== options.method.name || methodVersion !== options.method.version) {
        throw new ReadModelError(
          'read-model-outdated',
          `${options.path} was made by method ${method} version ${String(methodVersion)}, not by ` +
            `${options.method.name} version ${String(options.method.version)}: rebuild the read model`,
        );
      }
      return createWriter(db, options.path);
    } catch (error) {
      db.close();
      throw error;
    }
  });
