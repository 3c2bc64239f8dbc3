import type { Connection, Connections } from './connections.ts';
import { PostgresError } from './failure.ts';
import { quoted } from './types.ts';

/** What marks a schema: whose tables it has, and of which version. */
export interface Layout {
  readonly owner: string;
  readonly version: number;
}

/** A number of its own among the database's advisory locks: "STSC" in ASCII. */
const creationLock = 0x53_54_53_43;
/** The oldest server for which this is tried, as `server_version_num` says it, and as people do. */
const oldestServer = { number: 130_000, name: '13' };

const createLayout = `CREATE TABLE layout (owner text NOT NULL, version bigint NOT NULL)`;

const checkServer = async (connection: Connection): Promise<void> => {
  const { rows } = await connection.query<{ version: string; number: number; encoding: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
       current_setting('server_encoding') AS encoding`,
  );
  const [server] = rows;
  if (server !== undefined && server.number < oldestServer.number) {
    throw new PostgresError('too-old', `the server is PostgreSQL ${server.version}: use ${oldestServer.name} or newer`);
  }
  if (server !== undefined && server.encoding !== 'UTF8') {
    throw new PostgresError(
      'too-old',
      `the database keeps text as ${server.encoding}: create one with the encoding UTF8`,
    );
  }
};

/**
 * Whose tables a schema has; `null` where it has none, or is not there, and `foreign` where they are somebody else's.
 */
export const layoutOf = async (connection: Connection, schema: string): Promise<Layout | 'foreign' | null> => {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [schema],
  );
  if (rows.length === 0) return null;
  if (!rows.some(({ name }) => name === 'layout')) return 'foreign';
  const { rows: layouts } = await connection.query<Layout>(`SELECT owner, version FROM ${quoted(schema)}.layout`);
  return layouts[0] ?? 'foreign';
};

/**
 * Makes the schema, and by `create` what belongs into it, where it is empty; whoever comes second waits, and finds it.
 *
 * @returns whose tables the schema has by now: not always those of `layout`, where it had some before.
 */
export const prepareSchema = (
  connections: Connections,
  schema: string,
  layout: Layout,
  create: (connection: Connection) => Promise<void>,
): Promise<Layout | 'foreign'> =>
  connections.inTransaction('BEGIN', async (connection) => {
    await checkServer(connection);
    await connection.query('SELECT pg_advisory_xact_lock($1)', [creationLock]);
    const present = await layoutOf(connection, schema);
    if (present !== null) return present;
    const { rows } = await connection.query('SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1', [schema]);
    // Who may not make schemas can be given an empty one.
    if (rows.length === 0) await connection.query(`CREATE SCHEMA ${quoted(schema)}`);
    await connection.query(createLayout);
    await connection.query('INSERT INTO layout (owner, version) VALUES ($1, $2)', [layout.owner, layout.version]);
    await create(connection);
    return layout;
  });
