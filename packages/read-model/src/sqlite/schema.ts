import { tables } from '../tables.ts';
import type { ColumnType, Table, TableName } from '../tables.ts';

/** What marks a file as a read model of this service ("STRM"), and the shape of its tables. */
export const applicationId = 0x53_54_52_4d;
export const schemaVersion = 1;

const sqliteTypes: Record<ColumnType | `${ColumnType}?`, string> = {
  integer: 'INTEGER NOT NULL',
  'integer?': 'INTEGER',
  text: 'TEXT NOT NULL',
  'text?': 'TEXT',
};

const tableNames = Object.keys(tables) as TableName[];

const createTable = (name: TableName): string => {
  const table: Table = tables[name];
  const rowKey = table.primaryKey.length === 1 && table.columns[table.primaryKey[0] ?? '']?.startsWith('integer');
  const columns = Object.entries(table.columns).map(([column, type]) =>
    rowKey && column === table.primaryKey[0] ? `${column} INTEGER PRIMARY KEY` : `${column} ${sqliteTypes[type]}`,
  );
  if (rowKey) return `CREATE TABLE ${name} (${columns.join(', ')}) STRICT`;
  return `CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (${table.primaryKey.join(', ')})) STRICT, WITHOUT ROWID`;
};

const createIndexes = (name: TableName): string[] =>
  Object.entries((tables[name] as Table).indexes).map(
    ([index, { on, unique }]) => `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${index} ON ${name} (${on.join(', ')})`,
  );

/** The statements that make the tables, and those that make their indexes. */
export const createTables: readonly string[] = tableNames.map(createTable);
export const createAllIndexes: readonly string[] = tableNames.flatMap(createIndexes);
