import { unnested } from '@stance/postgres';
import type { Copy, UnderWay, UnnestedRows, WritingConnection } from '@stance/postgres';

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
const { add, put } = insertStatements((table) => `SELECT * FROM ${wholeRows(table).from('given')}`);

const onKey = (name: TableName, { primaryKey }: Table): string =>
  primaryKey.map((column) => `${name}.${column} = given.${keyName(column)}`).join(' AND ');

/** The last row for each key: what writing them one after the other would leave, which one statement may not do. */
const lastOfEach = (rows: readonly Row[], keyOf: (row: Row) => Row): readonly Row[] => {
  if (rows.length < 2) return rows;
  const last = new Map<string, Row>();
  for (const row of rows) last.set(JSON.stringify(keyOf(row)), row);
  return last.size === rows.length ? rows : [...last.values()];
};

/** Sends a statement that writes. */
type Write = (connection: WritingConnection) => Promise<unknown>;

const statement =
  (text: string, values: readonly unknown[]): Write =>
  (connection) =>
    connection.query(text, values);

const removal = (name: TableName, keys: readonly Row[]): Write => {
  const table: Table = tables[name];
  const given = typed(table, table.primaryKey, keyName);
  return statement(`DELETE FROM ${name} USING ${given.from('given')} WHERE ${onKey(name, table)}`, given.values(keys));
};

const updating = ({ table: name, set, rows }: ColumnUpdate): Write => {
  const table: Table = tables[name];
  const given = unnested([
    ...set.map((column) => ({ name: valueName(column), type: columnType(table.columns[column] ?? '') })),
    ...table.primaryKey.map((column) => ({ name: keyName(column), type: columnType(table.columns[column] ?? '') })),
  ]);
  const changes = set.map((column) => `${column} = given.${valueName(column)}`).join(', ');
  return statement(
    `UPDATE ${name} SET ${changes} FROM ${given.from('given')} WHERE ${onKey(name, table)}`,
    given.values(lastOfEach(rows, (row) => row.slice(set.length))),
  );
};

const putting = (name: TableName, rows: readonly Row[]): Write => {
  const table: Table = tables[name];
  const columns = Object.keys(table.columns);
  const keyAt = table.primaryKey.map((column) => columns.indexOf(column));
  const last = lastOfEach(rows, (row) => keyAt.map((at) => row[at] ?? null));
  return statement(put(name), wholeRows(table).values(last));
};

const adding = (name: TableName, rows: readonly Row[]): Write =>
  statement(add(name), wholeRows(tables[name]).values(rows));

const inserting = (name: TableName, rows: readonly Row[]): Copy => ({
  text: `COPY ${name} (${Object.keys(tables[name].columns).join(', ')}) FROM STDIN`,
  rows,
});

const eachTable = function* <Made>(rows: TableRows, write: (table: TableName, rows: readonly Row[]) => Made) {
  for (const [table, list] of Object.entries(rows)) {
    // The keys of TableRows are names of tables.
    if (list.length > 0) yield write(table as TableName, list);
  }
};

/** What a batch writes before what it inserts, one statement after the other, each made when it is asked for. */
const writesOf = function* (batch: WriteBatch): Generator<Write, void> {
  yield* eachTable(batch.remove, removal);
  for (const update of batch.update) if (update.rows.length > 0) yield updating(update);
  yield* eachTable(batch.add, adding);
  yield* eachTable(batch.put, putting);
};

/**
 * Writes a batch in the transaction that is open: a statement for each kind of write and table, however many rows. Resolves
 * once the server has all of it.
 *
 * @throws ReadModelError `checkpoint-conflict`.
 */
export const writeBatch = async (
  connection: WritingConnection,
  batch: WriteBatch,
  generation: string,
): Promise<UnderWay> => {
  const { lastEvent } = batch;
  const { rowCount } = await connection.query(
    `UPDATE checkpoint SET position = $1, recorded_at = $2, event_id = coalesce($4, event_id),
       event_stream = coalesce($5, event_stream), event_revision = coalesce($6, event_revision),
       generation = coalesce($8, generation) WHERE position = $3 AND generation = $7`,
    [
      batch.position,
      batch.recordedAt,
      batch.after,
      lastEvent?.id ?? null,
      lastEvent?.stream ?? null,
      lastEvent?.revision ?? null,
      generation,
      batch.generation ?? null,
    ],
  );
  if (rowCount !== 1) {
    throw new ReadModelError(
      'checkpoint-conflict',
      `the read model is not at position ${String(batch.after)} any more: another projection writes it too, or a rebuilt ` +
        'one has taken its place',
    );
  }
  let underWay: Promise<unknown> = Promise.resolve();
  for (const write of writesOf(batch)) {
    // The server works on the one before while the text of this one is made.
    await underWay;
    underWay = write(connection);
  }
  await underWay;
  return { done: connection.copy([...eachTable(batch.insert, inserting)]) };
};
