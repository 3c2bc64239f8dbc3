import { openConnections, prepareSchema } from '@stance/postgres';
import type { Connection, Rows } from '@stance/postgres';

import { RelayStateError } from '../errors.ts';
import type { FeedCheckpoint, RelayState } from '../relay-state.ts';
import { superseded } from '../superseded.ts';
import { feedTable, logTable } from './checkpoint-table.ts';
import type { CheckpointTable } from './checkpoint-table.ts';
import { answered } from './postgres-errors.ts';
import { checkLayout, createTable, layoutOf } from './schema.ts';

/** Where the relay's state in PostgreSQL is. */
export interface PostgresRelayStateOptions {
  /** `postgres://user:password@host:port/database`, with the parameters that libpq knows. */
  readonly url: string;
  /** The schema that the table stands in; if left out, `stance_relay`, or `stance_feed_relay` for that of a feed. */
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

const statementsOf = <Checkpoint extends object>({ columns }: CheckpointTable<Checkpoint>) => {
  const all = Object.entries<readonly [string, string]>(columns);
  const names = all.map(([, [column]]) => column).join(', ');
  /** The parameters of a checkpoint, the first of them being that of this number. */
  const row = (first: number): string => all.map((_, index) => `$${String(first + index)}`).join(', ');
  const [expected, next] = [row(3), row(3 + all.length)];
  return {
    acquire: `UPDATE relay SET epoch = epoch + 1, owner = $1, expires_at = ${lasting('$2')}
      WHERE owner IS NULL OR owner = $1 OR expires_at <= clock_timestamp()
      RETURNING epoch, ${all.map(([part, [column]]) => `${column} AS "${part}"`).join(', ')}`,
    renew: `UPDATE relay SET expires_at = ${lasting('$2')} WHERE epoch = $1 AND owner IS NOT NULL`,
    move: `UPDATE relay SET (${names}) = ROW(${next}), expires_at = ${lasting('$2')}
      WHERE epoch = $1 AND owner IS NOT NULL AND (${names}) IN ((${expected}), (${next}))`,
    release: 'UPDATE relay SET owner = NULL WHERE epoch = $1',
  };
};

const openState = async <Checkpoint extends object>(
  table: CheckpointTable<Checkpoint>,
  options: PostgresRelayStateOptions,
): Promise<RelayState<Checkpoint>> => {
  const { url, schema = table.schema, statementTimeout = 5000 } = options;
  const statements = statementsOf(table);
  const layout = layoutOf(table);
  const valuesOf = (checkpoint: Checkpoint): readonly unknown[] =>
    Object.keys(table.columns).map((part): unknown => Reflect.get(checkpoint, part));
  const connections = openConnections({ url, schema, name: 'stance relay', most: mostConnections, statementTimeout });
  const run = (text: string, values: readonly unknown[]): Promise<Rows<unknown>> =>
    answered(schema, () => connections.use((connection) => connection.query(text, values)));

  const acquireIn = async (connection: Connection, owner: string, ttl: number) => {
    await connection.query(durable);
    const { rows } = await connection.query<Checkpoint & { epoch: number }>(statements.acquire, [owner, ttl]);
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
      const present = await prepareSchema(connections, schema, layout, (connection) => createTable(connection, table));
      checkLayout(present, layout, schema);
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
      return { epoch, checkpoint: checkpoint as unknown as Checkpoint };
    },
    async renew(epoch, ttl) {
      const { rowCount } = await run(statements.renew, [epoch, ttl]);
      if (rowCount === 0) throw superseded(epoch);
    },
    async store({ epoch, ttl, expected, next }) {
      const { rowCount } = await run(statements.move, [epoch, ttl, ...valuesOf(expected), ...valuesOf(next)]);
      if (rowCount === 0) throw superseded(epoch);
    },
    async release(epoch) {
      await run(statements.release, [epoch]);
    },
    close: () => connections.close(),
  };
};

/**
 * Opens the relay's state in a schema of PostgreSQL, and makes it where there is none.
 *
 * @throws RelayStateError `relay-state-foreign-schema`, `relay-state-refused` (name, password, TLS),
 *   `relay-state-no-rights`, `relay-state-read-only`, `relay-state-unsupported-server`, or `relay-state-unavailable` or
 *   `relay-state-busy` (retryable, unless the database is not there).
 */
export const openPostgresRelayState = (options: PostgresRelayStateOptions): Promise<RelayState> =>
  openState(logTable, options);

/** The same for those who relay a feed. @throws RelayStateError the same. */
export const openPostgresFeedRelayState = (options: PostgresRelayStateOptions): Promise<RelayState<FeedCheckpoint>> =>
  openState(feedTable, options);
