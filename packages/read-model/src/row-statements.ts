import { tables } from './tables.ts';
import type { Table, TableName } from './tables.ts';

/**
 * The statements that write rows, made from the description of the tables; SQLite and PostgreSQL understand them alike
 * but for the form of a parameter.
 */
export const rowStatements = (parameter: (index: number) => string) => {
  const list = (count: number): string => Array.from({ length: count }, (_, index) => parameter(index + 1)).join(', ');
  const keyOf = (table: Table, from: number): string =>
    table.primaryKey.map((column, index) => `${column} = ${parameter(from + index)}`).join(' AND ');

  const insert = (name: TableName): string => {
    const columns = Object.keys(tables[name].columns);
    return `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${list(columns.length)})`;
  };

  return {
    insert,
    add: (name: TableName): string => `${insert(name)} ON CONFLICT (${tables[name].primaryKey.join(', ')}) DO NOTHING`,
    put: (name: TableName): string => {
      const table: Table = tables[name];
      const rest = Object.keys(table.columns).filter((column) => !table.primaryKey.includes(column));
      const set = rest.map((column) => `${column} = excluded.${column}`).join(', ');
      return `${insert(name)} ON CONFLICT (${table.primaryKey.join(', ')}) DO UPDATE SET ${set}`;
    },
    remove: (name: TableName): string => `DELETE FROM ${name} WHERE ${keyOf(tables[name], 1)}`,
    update: (name: TableName, set: readonly string[]): string =>
      `UPDATE ${name} SET ${set.map((column, index) => `${column} = ${parameter(index + 1)}`).join(', ')}` +
      ` WHERE ${keyOf(tables[name], set.length + 1)}`,
  };
};
