import { tables } from './tables.ts';
import type { TableIndex, TableName } from './tables.ts';

export const tableNames = Object.keys(tables) as readonly TableName[];

/** The statements that make the indexes of some tables. */
export const createIndexesOf = (wanted: (table: TableName) => boolean): string[] =>
  tableNames
    .filter(wanted)
    .flatMap((name) =>
      Object.entries<TableIndex>(tables[name].indexes).map(
        ([index, { on, unique, where }]) =>
          `CREATE ${unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${index} ON ${name} (${on.join(', ')})` +
          (where === undefined ? '' : ` WHERE ${where}`),
      ),
    );
