import { tables } from './tables.ts';
import type { Table, TableName } from './tables.ts';

/**
 * The statements that bring rows into a table, made from the description of the tables; SQLite and PostgreSQL understand
 * them alike but for where the rows come from, which `rowsOf` says of a table: what stands between the columns of an
 * INSERT and its ON CONFLICT.
 */
export const insertStatements = (rowsOf: (table: Table) => string) => {
  const insert = (name: TableName): string =>
    `INSERT INTO ${name} (${Object.keys(tables[name].columns).join(', ')}) ${rowsOf(tables[name])}`;

  return {
    insert,
    /** Rows that are there stay as they are. */
    add: (name: TableName): string => `${insert(name)} ON CONFLICT (${tables[name].primaryKey.join(', ')}) DO NOTHING`,
    /** Rows that are there are replaced. */
    put: (name: TableName): string => {
      const table: Table = tables[name];
      const rest = Object.keys(table.columns).filter((column) => !table.primaryKey.includes(column));
      const set = rest.map((column) => `${column} = excluded.${column}`).join(', ');
      return `${insert(name)} ON CONFLICT (${table.primaryKey.join(', ')}) DO UPDATE SET ${set}`;
    },
  };
};
