import { tableNames } from '../indexes.ts';
import { tables } from '../tables.ts';
import type { ColumnType, Table, TableName } from '../tables.ts';

/** What marks a file as a read model of this service: "STRM" in ASCII. */
export const applicationId = 0x53_54_52_4d;

const sqliteTypes: Record<ColumnType | `${ColumnType}?`, string> = {
  integer: 'INTEGER NOT NULL',
  'integer?': 'INTEGER',
  text: 'TEXT NOT NULL',
  'text?': 'TEXT',
};

const createTable = (name: TableName): string => {
  const table: Table = tables[name];
  const [key] = table.primaryKey;
  const rowKey = table.primaryKey.length === 1 ? key : undefined;
  const columns = Object.entries(table.columns).map(([column, type]) =>
    column === rowKey && type === 'integer' ? `${column} INTEGER PRIMARY KEY` : `${column} ${sqliteTypes[type]}`,
  );
  if (columns.some((column) => column.endsWith('PRIMARY KEY'))) {
    return `CREATE TABLE ${name} (${columns.join(', ')}) STRICT`;
  }
  return `CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (${table.primaryKey.join(', ')})) STRICT, WITHOUT ROWID`;
};

/** The statements that make the tables. */
export const createTables: readonly string[] = tableNames.map(createTable);
