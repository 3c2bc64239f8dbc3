import { columnTypes } from '@stance/postgres';
import type { Connection, Layout } from '@stance/postgres';

import { RelayStateError } from '../errors.ts';

/** What a schema with the relay's state says of itself. */
export const layout: Layout = { owner: 'stance-relay', version: 1 };

const { integer, text } = columnTypes;

/** `relay` is one row. A lease that nobody has is without an owner. */
const table = `CREATE TABLE relay (
  epoch       ${integer} NOT NULL,
  owner       ${text},
  expires_at  timestamptz NOT NULL,
  position    ${integer} NOT NULL,
  last_event  ${integer} NOT NULL,
  count       ${integer} NOT NULL,
  recorded_at ${integer} NOT NULL
)`;

export const createTable = async (connection: Connection): Promise<void> => {
  await connection.query(table);
  await connection.query(
    `INSERT INTO relay (epoch, expires_at, position, last_event, count, recorded_at) VALUES (0, '-infinity', 0, 0, 0, 0)`,
  );
};

/** @throws RelayStateError `relay-state-foreign-schema`. */
export const checkLayout = (present: Layout | 'foreign', schema: string): void => {
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
