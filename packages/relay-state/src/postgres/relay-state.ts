import { openConnections, prepareSchema } from '@stance/postgres';
import type { Connection, Rows } from '@stance/postgres';

import { RelayStateError } from '../errors.ts';
import type { RelayCheckpoint, RelayState } from '../relay-state.ts';
import { superseded } from '../superseded.ts';
import { answered } from './postgres-errors.ts';
import { checkLayout, createTable, layout } from './schema.ts';

/** Where the relay's state in PostgreSQL is. */
export interface PostgresRelayStateOptions {
  /** `postgres://user:password@host:port/database`, with the parameters that libpq knows. */
  readonly url: string;
  /** The schema that the table stands in; `stance_relay`, if left out. */
  readonly schema?: string;
  /** How long a statement may take, in milliseconds; 5,000, if left out: an answer after the end of the lease is in vain. */
  readonly statementTimeout?: number;
}

/** One for what the relay does, one for renewing meanwhile. */
const mostConnections = 2;

/** An epoch that a crash of the server took back would be given out twice. */
const durable = `SELECT set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), true)`;
/** By the clock as the row is written, not as the transaction began: it may have waited for the row. */
const lasting = (ttl: string): string => `clock_timestamp() + ${ttl}::float8 * interval '1 millisecond'`;
const columns = 'position, last_event, count, recorded_at';

const acquireLease = `UPDATE relay SET epoch = epoch + 1, owner = $1, expires_at = ${lasting('$2')}
  WHERE owner IS NULL OR owner = $1 OR expires_at <= clock_timestamp()
  RETURNING epoch, position, last_event AS "lastEvent", count, recorded_at AS "recordedAt"`;
const renewLease = `UPDATE relay SET expires_at = ${lasting('$2')} WHERE epoch = $1 AND owner IS NOT NULL`;
const moveCheckpoint = `UPDATE relay SET (${columns}) = ROW($7, $8, $9, $10), expires_at = ${lasting('$2')}
  WHERE epoch = $1 AND owner IS NOT NULL AND (${columns}) IN (($3, $4, $5, $6), ($7, $8, $9, $10))`;
const releaseLease = 'UPDATE relay SET owner = NULL WHERE epoch = $1';

const valuesOf = ({ position, lastEvent, count, recordedAt }: RelayCheckpoint): readonly number[] => [
  position,
  lastEvent,
  count,
  recordedAt,
];

/**
 * Opens the relay's state in a schema of PostgreSQL, and makes it where there is none.
 *
 * @throws RelayStateError `relay-state-foreign-schema`, `relay-state-refused` (name, password, TLS),
 *   `relay-state-no-rights`, `relay-state-read-only`, `relay-state-unsupported-server`, or `relay-state-unavailable` or
 *   `relay-state-busy` (retryable, unless the database is not there).
 */
export const openPostgresRelayState = async (options: PostgresRelayStateOptions): Promise<RelayState> => {
  const { url, schema = 'stance_relay', statementTimeout = 5000 } = options;
  const connections = openConnections({ url, schema, name: 'stance relay', most: mostConnections, statementTimeout });
  const run = (text: string, values: readonly unknown[]): Promise<Rows<unknown>> =>
    answered(schema, () => connections.use((connection) => connection.query(text, values)));

  const acquireIn = async (connection: Connection, owner: string, ttl: number) => {
    await connection.query(durable);
    const { rows } = await connection.query<RelayCheckpoint & { epoch: number }>(acquireLease, [owner, ttl]);
    if (rows[0] !== undefined) return rows[0];
    const { rows: present } = await connection.query('SELECT 1 FROM relay');
    if (present.length > 0) return null;
    throw new RelayStateError(
      'relay-state-corrupt',
      `the relay's state in the schema ${schema} has lost its row: restore it from a backup`,
    );
  };

  try {
    await answered(schema, async () => {
      checkLayout(await prepareSchema(connections, schema, layout, createTable), schema);
    });
  } catch (error) {
    await connections.close();
    throw error;
  }

  return {
    async acquire(owner, ttl) {
      const row = await answered(schema, () =>
        connections.inTransaction('BEGIN', (connection) => acquireIn(connection, owner, ttl)),
      );
      if (row === null) return null;
      const { epoch, ...checkpoint } = row;
      return { epoch, checkpoint };
    },
    async renew(epoch, ttl) {
      const { rowCount } = await run(renewLease, [epoch, ttl]);
      if (rowCount === 0) throw superseded(epoch);
    },
    async store({ epoch, ttl, expected, next }) {
      const { rowCount } = await run(moveCheckpoint, [epoch, ttl, ...valuesOf(expected), ...valuesOf(next)]);
      if (rowCount === 0) throw superseded(epoch);
    },
    async release(epoch) {
      await run(releaseLease, [epoch]);
    },
    close: () => connections.close(),
  };
};
