import type { Connection } from '@stance/postgres';

import { selectChanges, selectRows } from '../natural-rows.ts';
import type { TableRowsReader } from '../table-rows.ts';
import { readCheckpoint } from './checkpoint.ts';
import { createLayoutCheck } from './layout-check.ts';
import { locate } from './options.ts';
import type { PostgresReadModelOptions } from './options.ts';
import { answered } from './postgres-errors.ts';

/** So many rows are fetched at a time. */
const rowsAtATime = 2000;

/** The rows of a query, in the transaction that is open, however many. */
const cursorOver = async function* <Row>(connection: Connection, schema: string, query: string): AsyncGenerator<Row> {
  const run = (text: string) => answered(schema, () => connection.query<Row>(text));
  await run(`DECLARE table_rows NO SCROLL CURSOR FOR ${query}`);
  try {
    let rows: readonly Row[];
    do {
      ({ rows } = await run(`FETCH ${String(rowsAtATime)} FROM table_rows`));
      yield* rows;
    } while (rows.length === rowsAtATime);
  } finally {
    // After a failure there is none to close any more.
    await connection.query('CLOSE table_rows').catch(() => {});
  }
};

/**
 * Opens all rows of a read model in a schema of PostgreSQL, as they are now, until it is closed.
 *
 * @throws ReadModelError as `openPostgresReadModel` does.
 */
export const openPostgresTableRows = async (options: PostgresReadModelOptions): Promise<TableRowsReader> => {
  const { connections, schema } = locate({ ...options, connections: 1 });
  try {
    const connection = await answered(schema, () => connections.hold());
    try {
      const checkpoint = await answered(schema, async () => {
        await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        // The other table may be being read: that takes as long as it takes.
        await connection.query('SET LOCAL idle_in_transaction_session_timeout = 0');
        return createLayoutCheck(schema)(connection, () => readCheckpoint(connection));
      });
      return {
        checkpoint,
        async *rows(table) {
          for await (const row of cursorOver<object>(connection, schema, selectRows(table))) {
            yield JSON.stringify(Object.values(row));
          }
        },
        changes: () => cursorOver(connection, schema, selectChanges),
        close: async () => {
          // A connection that is closed takes its transaction with it.
          connection.release();
          await connections.close();
        },
      };
    } catch (error) {
      connection.release();
      throw error;
    }
  } catch (error) {
    await connections.close();
    throw error;
  }
};
