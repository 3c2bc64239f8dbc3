import { columnTypes } from '@stance/postgres';
import type { Connection, Layout } from '@stance/postgres';

import { RelayStateError } from '../errors.ts';
import type { CheckpointTable } from './checkpoint-table.ts';

const { integer, text } = columnTypes;

/** What a schema with such a state says of itself. */
export const layoutOf = ({ owner }: { readonly owner: string }): Layout => ({ owner, version: 1 });

/** `relay` is one row. A lease that nobody has is without an owner. */
export const createTable = async <Checkpoint extends object>(
  connection: Connection,
  { columns, beginning }: CheckpointTable<Checkpoint>,
): Promise<void> => {
  const all = Object.values<readonly [string, string]>(columns);
  const parts = Object.keys(columns).map((part): unknown => Reflect.get(beginning, part));
  await connection.query(`CREATE TABLE relay (
    epoch       ${integer} NOT NULL,
    owner       ${text},
    expires_at  timestamptz NOT NULL,
    ${all.map(([column, type]) => `${column} ${type} NOT NULL`).join(',\n    ')}
  )`);
  await connection.query(
    `INSERT INTO relay (epoch, expires_at, ${all.map(([column]) => column).join(', ')})
     VALUES (0, '-infinity', ${parts.map((_, index) => `$${String(index + 1)}`).join(', ')})`,
    parts,
  );
};

/** @throws RelayStateError `relay-state-foreign-schema`. */
export const checkLayout = (present: Layout | 'foreign', layout: Layout, schema: string): void => {
  if (present === 'foreign' || present.owner !== layout.owner) {
    throw new RelayStateError(
      'relay-state-foreign-schema',
      `the schema ${schema} has tables of something else: name another schema`,
    );
  }
  if (present.version !== layout.version) {
    throw new RelayStateError(
      'relay-state-foreign-schema',
      `the schema ${schema} has a relay's state of version ${String(present.version)}, ` +
        `this program knows version ${String(layout.version)}`,
    );
  }
};
