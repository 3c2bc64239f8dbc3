import type { Database, Statement } from 'better-sqlite3';

import { ReadModelError } from '../errors.ts';
import { insertStatements } from '../row-statements.ts';
import { tables } from '../tables.ts';
import type { Table, TableName } from '../tables.ts';
import type { Row, TableRows, WriteBatch } from '../writer.ts';

const { insert, add, put } = insertStatements(
  (table) =>
    `VALUES (${Object.keys(table.columns)
      .map(() => '?')
      .join(', ')})`,
);

const keyOf = (table: Table): string => table.primaryKey.map((column) => `${column} = ?`).join(' AND ');
const removal = (name: TableName): string => `DELETE FROM ${name} WHERE ${keyOf(tables[name])}`;
const updating = (name: TableName, set: readonly string[]): string =>
  `UPDATE ${name} SET ${set.map((column) => `${column} = ?`).join(', ')} WHERE ${keyOf(tables[name])}`;

/**
 * Writes batches into an open database, in the transaction that is open, with one prepared statement for each kind of write and table.
 */
export const createBatchWriter = (db: Database): ((batch: WriteBatch, generation: string | null) => void) => {
  const prepared = new Map<string, Statement<unknown[]>>();
  const run = (text: string, rows: readonly Row[]): void => {
    if (rows.length === 0) return;
    let statement = prepared.get(text);
    if (statement === undefined) prepared.set(text, (statement = db.prepare(text)));
    for (const row of rows) statement.run(row);
  };
  const runEach = (rows: TableRows, textOf: (table: TableName) => string): void => {
    for (const [table, list] of Object.entries(rows)) {
      // The keys of TableRows are names of tables.
      run(textOf(table as TableName), list);
    }
  };
  const moveCheckpoint = db.prepare<unknown[]>(
    `UPDATE checkpoint SET position = ?, recorded_at = ?, generation = coalesce(?, generation)
     WHERE position = ? AND generation = coalesce(?, generation)`,
  );
  const nameLastEvent = db.prepare<unknown[]>(
    'UPDATE checkpoint SET event_id = ?, event_stream = ?, event_revision = ?',
  );

  return (batch, generation) => {
    const { position, recordedAt, after } = batch;
    if (moveCheckpoint.run(position, recordedAt, batch.generation ?? null, after, generation).changes === 0) {
      throw new ReadModelError(
        'checkpoint-conflict',
        `the read model is not at position ${String(batch.after)} any more: another projection writes it too`,
      );
    }
    const { lastEvent } = batch;
    if (lastEvent !== undefined) nameLastEvent.run(lastEvent.id, lastEvent.stream, lastEvent.revision);
    runEach(batch.remove, removal);
    for (const { table, set, rows } of batch.update) run(updating(table, set), rows);
    runEach(batch.add, add);
    runEach(batch.put, put);
    runEach(batch.insert, insert);
  };
};
