import type { Database, Statement } from 'better-sqlite3';

import { ReadModelError } from '../errors.ts';
import { rowStatements } from '../row-statements.ts';
import type { TableName } from '../tables.ts';
import type { Row, TableRows, WriteBatch } from '../writer.ts';

const sql = rowStatements(() => '?');

/** Takes over the writing of one kind of rows to one table; the rest goes on as usual. */
export interface RowWriter {
  put(rows: readonly Row[]): void;
  remove(keys: readonly Row[]): void;
}

/**
 * Writes batches into an open database, in the transaction that is open, with one prepared statement for each kind of write and table.
 *
 * @param special Tables that are written in a way of their own.
 */
export const createBatchWriter = (
  db: Database,
  special: { readonly [Name in TableName]?: RowWriter } = {},
): ((batch: WriteBatch) => void) => {
  const prepared = new Map<string, Statement<unknown[]>>();
  const run = (text: string, rows: readonly Row[]): void => {
    if (rows.length === 0) return;
    let statement = prepared.get(text);
    if (statement === undefined) prepared.set(text, (statement = db.prepare(text)));
    for (const row of rows) statement.run(row);
  };
  const runEach = (rows: TableRows, textOf: (table: TableName) => string, kind?: keyof RowWriter): void => {
    for (const [name, list] of Object.entries(rows)) {
      // The keys of TableRows are names of tables.
      const table = name as TableName;
      const writer = kind === undefined ? undefined : special[table];
      if (writer === undefined || kind === undefined) run(textOf(table), list);
      else writer[kind](list);
    }
  };
  const moveCheckpoint = db.prepare<unknown[]>(
    'UPDATE checkpoint SET position = ?, recorded_at = ? WHERE position = ?',
  );

  return (batch) => {
    if (moveCheckpoint.run(batch.position, batch.recordedAt, batch.after).changes === 0) {
      throw new ReadModelError(
        'checkpoint-conflict',
        `the read model is not at position ${String(batch.after)} any more: another projection writes it too`,
      );
    }
    runEach(batch.remove, sql.remove, 'remove');
    for (const { table, set, rows } of batch.update) run(sql.update(table, set), rows);
    runEach(batch.insert, sql.insert);
    runEach(batch.add, sql.add);
    runEach(batch.put, sql.put, 'put');
  };
};
