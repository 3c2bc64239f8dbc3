import { randomUUID } from 'node:crypto';

import { columnTypes } from '@stance/postgres';
import type { ColumnType, Connection, Layout } from '@stance/postgres';

import { ReadModelError } from '../errors.ts';
import { createIndexesOf, tableNames } from '../indexes.ts';
import { schemaVersion, tables } from '../tables.ts';
import type { Table, TableName } from '../tables.ts';

/** What a schema with a read model says of itself. */
export const layout: Layout = { owner: 'stance-read-model', version: schemaVersion };

const isNullable = (type: string): boolean => type.endsWith('?');
export const columnType = (type: string): ColumnType => (type.startsWith('integer') ? 'integer' : 'text');

const createTable = (name: TableName): string => {
  const table: Table = tables[name];
  const columns = Object.entries(table.columns).map(
    ([column, type]) => `${column} ${columnTypes[columnType(type)]}${isNullable(type) ? '' : ' NOT NULL'}`,
  );
  return `CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (${table.primaryKey.join(', ')}))`;
};

/** Makes the tables and a checkpoint at position 0, with a generation of its own. */
export const createTables = async (
  connection: Connection,
  method: { readonly name: string; readonly version: number },
): Promise<void> => {
  await connection.query([...tableNames.map(createTable), ...createIndexesOf(() => true)].join(';\n'));
  await connection.query(
    `INSERT INTO checkpoint (name, position, recorded_at, generation, method, method_version)
     VALUES ('main', 0, 0, $1, $2, $3)`,
    [randomUUID(), method.name, method.version],
  );
};

/** @throws ReadModelError `read-model-missing`, `read-model-foreign-schema` or `read-model-outdated`. */
export const checkLayout = (present: Layout | 'foreign' | null, schema: string): void => {
  if (present === null) {
    throw new ReadModelError('read-model-missing', `there is no read model in the schema ${schema} yet`, {
      retryable: true,
    });
  }
  if (present === 'foreign' || present.owner !== layout.owner) {
    throw new ReadModelError(
      'read-model-foreign-schema',
      `the schema ${schema} has tables of something else: name another schema`,
    );
  }
  if (present.version !== layout.version) {
    throw new ReadModelError(
      'read-model-outdated',
      `the schema ${schema} has tables of version ${String(present.version)}, ` +
        `this program writes version ${String(layout.version)}: rebuild the read model`,
    );
  }
};
