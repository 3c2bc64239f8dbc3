import { layoutOf, quoted } from '@stance/postgres';
import type { Connection } from '@stance/postgres';

import { ReadModelError } from '../errors.ts';
import type { ProjectionWriter } from '../writer.ts';
import { locate } from './options.ts';
import { answered } from './postgres-errors.ts';
import { layout } from './schema.ts';
import { openPostgresReadModelWriter } from './writer.ts';
import type { PostgresReadModelWriterOptions } from './writer.ts';

/** A read model in a schema beside the one that it is to take the place of, which goes on being written and read. */
export interface PostgresReplacement {
  readonly writer: ProjectionWriter;
  /**
   * Puts it in its place, in one transaction that waits for reads under way, and holds up others while it waits.
   *
   * @returns whether it did: not where the old one is further by now.
   * @throws ReadModelError `read-model-busy` (retryable) where reads under way took too long.
   */
  replace(): Promise<boolean>;
  /** Releases everything; removes the new one, unless it is in its place, or else the old one. */
  close(): Promise<void>;
}

/** How long those who begin to read may be held up by one who has not ended, in milliseconds. */
const longestHold = 2000;

const positionIn = async (connection: Connection, schema: string): Promise<number> => {
  const { rows } = await connection.query<{ position: number }>(`SELECT position FROM ${quoted(schema)}.checkpoint`);
  return rows[0]?.position ?? 0;
};

const checkReplaceable = async (connection: Connection, schema: string): Promise<void> => {
  const present = await layoutOf(connection, schema);
  if (present !== null && (present === 'foreign' || present.owner !== layout.owner)) {
    throw new ReadModelError(
      'read-model-foreign-schema',
      `the schema ${schema} has tables of something else: name another schema`,
    );
  }
};

/**
 * Opens an empty read model beside the one in the schema: `<schema>_rebuild`, which one program at a time has.
 *
 * @throws ReadModelError as `openPostgresReadModelWriter` does; `read-model-busy` (retryable) where somebody else makes one.
 */
export const openPostgresReplacement = async (
  options: PostgresReadModelWriterOptions,
): Promise<PostgresReplacement> => {
  const { connections, schema } = locate({ ...options, connections: 2 });
  const fresh = `${schema}_rebuild`;
  const replaced = `${schema}_replaced`;
  const drop = (connection: Connection, name: string) =>
    connection.query(`DROP SCHEMA IF EXISTS ${quoted(name)} CASCADE`);

  try {
    const holder = await answered(schema, () => connections.hold());
    try {
      const writer = await answered(schema, async () => {
        // Of the connection, so that it ends with the program.
        const { rows } = await holder.query<{ locked: boolean }>(
          'SELECT pg_try_advisory_lock(hashtext($1)) AS locked',
          [fresh],
        );
        if (rows[0]?.locked !== true) {
          throw new ReadModelError('read-model-busy', `somebody else rebuilds the read model in the schema ${schema}`, {
            retryable: true,
          });
        }
        await checkReplaceable(holder, schema);
        for (const name of [fresh, replaced]) await drop(holder, name);
        return openPostgresReadModelWriter({ ...options, schema: fresh });
      });
      let unwanted = fresh;

      const swap = async (connection: Connection): Promise<boolean> => {
        await connection.query(`SET LOCAL lock_timeout = ${String(longestHold)}`);
        const { rows } = await connection.query('SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1', [schema]);
        if (rows.length > 0) {
          await checkReplaceable(connection, schema);
          if ((await layoutOf(connection, schema)) !== null) {
            // Every read and every write begins with the checkpoint: those under way end on the old tables, and those
            // that wait here find the new ones.
            await connection.query(`LOCK TABLE ${quoted(schema)}.checkpoint IN ACCESS EXCLUSIVE MODE`);
            if ((await positionIn(connection, schema)) > (await positionIn(connection, fresh))) return false;
          }
          await connection.query(`ALTER SCHEMA ${quoted(schema)} RENAME TO ${quoted(replaced)}`);
        }
        await connection.query(`ALTER SCHEMA ${quoted(fresh)} RENAME TO ${quoted(schema)}`);
        return true;
      };

      return {
        writer,
        async replace() {
          const done = await answered(schema, () => connections.inTransaction('BEGIN', swap));
          if (done) unwanted = replaced;
          return done;
        },
        async close() {
          await writer.close();
          try {
            await answered(schema, () => drop(holder, unwanted));
          } finally {
            holder.release();
            await connections.close();
          }
        },
      };
    } catch (error) {
      holder.release();
      throw error;
    }
  } catch (error) {
    await connections.close();
    throw error;
  }
};
