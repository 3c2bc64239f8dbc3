import { unnested } from '@stance/postgres';
import type { Connection, UnnestedRows } from '@stance/postgres';

import { ReadModelError } from '../errors.ts';
import { insertStatements } from '../row-statements.ts';
import { tables } from '../tables.ts';
import type { Table, TableName } from '../tables.ts';
import type { ColumnUpdate, Row, TableRows, WriteBatch } from '../writer.ts';
import { columnType } from './schema.ts';

/** Columns of a table, under names that the table's own do not get in the way of. */
const typed = (table: Table, columns: readonly string[], nameOf: (column: string) => string): UnnestedRows =>
  unnested(columns.map((column) => ({ name: nameOf(column), type: columnType(table.columns[column] ?? '') })));

const plain = (column: string): string => column;
const keyName = (column: string): string => `key_${column}`;
const valueName = (column: string): string => `new_${column}`;

const wholeRows = (table: Table): UnnestedRows => typed(table, Object.keys(table.columns), plain);
const { insert, add, put } = insertStatements((table) => `SELECT * FROM ${wholeRows(table).from('given')}`);

const onKey = (name: TableName, { primaryKey }: Table): string =>
  primaryKey.map((column) => `${name}.${column} = given.${keyName(column)}`).join(' AND ');

/** The last row for each key: what writing them one after the other would leave, which one statement may not do. */
const lastOfEach = (rows: readonly Row[], keyOf: (row: Row) => Row): readonly Row[] => {
  if (rows.length < 2) return rows;
  const last = new Map<string, Row>();
  for (const row of rows) last.set(JSON.stringify(keyOf(row)), row);
  return last.size === rows.length ? rows : [...last.values()];
};

const removeRows = async (connection: Connection, name: TableName, keys: readonly Row[]): Promise<void> => {
  const table: Table = tables[name];
  const given = typed(table, table.primaryKey, keyName);
  await connection.query(
    `DELETE FROM ${name} USING ${given.from('given')} WHERE ${onKey(name, table)}`,
    given.values(keys),
  );
};

const updateRows = async (connection: Connection, { table: name, set, rows }: ColumnUpdate): Promise<void> => {
  const table: Table = tables[name];
  const given = unnested([
    ...set.map((column) => ({ name: valueName(column), type: columnType(table.columns[column] ?? '') })),
    ...table.primaryKey.map((column) => ({ name: keyName(column), type: columnType(table.columns[column] ?? '') })),
  ]);
  const changes = set.map((column) => `${column} = given.${valueName(column)}`).join(', ');
  await connection.query(
    `UPDATE ${name} SET ${changes} FROM ${given.from('given')} WHERE ${onKey(name, table)}`,
    given.values(lastOfEach(rows, (row) => row.slice(set.length))),
  );
};

const putRows = async (connection: Connection, name: TableName, rows: readonly Row[]): Promise<void> => {
  const table: Table = tables[name];
  const columns = Object.keys(table.columns);
  const keyAt = table.primaryKey.map((column) => columns.indexOf(column));
  const last = lastOfEach(rows, (row) => keyAt.map((at) => row[at] ?? null));
  await connection.query(put(name), wholeRows(table).values(last));
};

const forEachTable = async (
  rows: TableRows,
  write: (table: TableName, rows: readonly Row[]) => Promise<void>,
): Promise<void> => {
  for (const [table, list] of Object.entries(rows)) {
    // The keys of TableRows are names of tables.
    if (list.length > 0) await write(table as TableName, list);
  }
};

/**
 * Writes a batch in the transaction that is open: a statement for each kind of write and table, however many rows.
 *
 * @throws ReadModelError `checkpoint-conflict`.
 */
export const writeBatch = async (connection: Connection, batch: WriteBatch, generation: string): Promise<void> => {
  const { lastEvent } = batch;
  const { rowCount } = await connection.query(
    `UPDATE checkpoint SET position = $1, recorded_at = $2, event_id = coalesce($4, event_id),
       event_stream = coalesce($5, event_stream), event_revision = coalesce($6, event_revision) WHERE position = $3 AND generation = $7`,
    [
      batch.position,
      batch.recordedAt,
      batch.after,
      lastEvent?.id ?? null,
      lastEvent?.stream ?? null,
      lastEvent?.revision ?? null,
      generation,
    ],
  );
  if (rowCount !== 1) {
    throw new ReadModelError(
      'checkpoint-conflict',
      `the read model is not at position ${String(batch.after)} any more: another projection writes it too, or a rebuilt ` +
        'one has taken its place',
    );
  }
  const values = (table: TableName, rows: readonly Row[]): string[] => wholeRows(tables[table]).values(rows);
  await forEachTable(batch.remove, (table, rows) => removeRows(connection, table, rows));
  for (const update of batch.update) if (update.rows.length > 0) await updateRows(connection, update);
  await forEachTable(batch.insert, async (table, rows) => {
    await connection.query(insert(table), values(table, rows));
  });
  await forEachTable(batch.add, async (table, rows) => {
    await connection.query(add(table), values(table, rows));
  });
  await forEachTable(batch.put, (table, rows) => putRows(connection, table, rows));
};
