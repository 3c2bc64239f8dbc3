import { columnTypes, createAnswering, createLocate, prepareSchema } from '@stance/postgres';
import type { Connection, Layout, PostgresLocation } from '@stance/postgres';

import { createWebhookStore } from '../create-webhook-store.ts';
import type { Statements } from '../create-webhook-store.ts';
import { WebhookError } from '../errors.ts';
import type { WebhookErrorCode } from '../errors.ts';
import { createTables } from '../tables.ts';
import type { WebhookStore } from '../webhook-store.ts';

/** Where a store of webhooks in PostgreSQL is. If left out, the schema is `stance_webhooks`, and there are 4 connections at most. */
export type PostgresWebhooksOptions = PostgresLocation;

const locate = createLocate({ schema: 'stance_webhooks', connections: 4, name: 'stance webhooks' });

/** What a schema with such a store says of itself. */
const layout: Layout = { owner: 'stance-webhooks', version: 1 };

/** Runs what needs the server, its failures told as `WebhookError`. */
const answered = createAnswering<WebhookErrorCode>({
  what: 'store of webhooks',
  Failure: WebhookError,
  codes: {
    busy: 'webhooks-busy',
    closed: 'webhooks-closed',
    corrupt: 'webhooks-corrupt',
    full: 'webhooks-full',
    missing: 'webhooks-missing',
    'no-database': 'webhooks-unavailable',
    'no-rights': 'webhooks-no-rights',
    'read-only': 'webhooks-read-only',
    refused: 'webhooks-refused',
    'too-large': 'webhooks-too-large',
    'too-old': 'webhooks-unsupported-server',
    unreachable: 'webhooks-unavailable',
  },
});

const checkLayout = (present: Layout | 'foreign', schema: string): void => {
  if (present !== 'foreign' && present.owner === layout.owner && present.version === layout.version) return;
  const what =
    present === 'foreign' || present.owner !== layout.owner
      ? 'tables of something else: name another schema'
      : `a store of webhooks of version ${String(present.version)}, this program knows version ${String(layout.version)}`;
  throw new WebhookError('webhooks-foreign-schema', `the schema ${schema} has ${what}`);
};

const statementsOn = (connection: Connection): Statements => ({
  rows: async <Row>(text: string, values: readonly unknown[] = []) => (await connection.query<Row>(text, values)).rows,
  run: async (text, values = []) => (await connection.query(text, values)).rowCount ?? 0,
});

/**
 * Opens the store of webhooks in a schema of PostgreSQL, and makes it where there is none. Any number of processes may have
 * it open.
 *
 * @throws WebhookError `webhooks-foreign-schema`, `webhooks-refused` (name, password, TLS), `webhooks-no-rights`,
 *   `webhooks-read-only`, `webhooks-unsupported-server`, or `webhooks-unavailable` or `webhooks-busy` (retryable, unless the
 *   database is not there).
 */
export const openPostgresWebhookStore = async (options: PostgresWebhooksOptions): Promise<WebhookStore> => {
  const { connections, schema } = locate(options);
  try {
    await answered(schema, async () => {
      const present = await prepareSchema(connections, schema, layout, async (connection) => {
        await connection.query(createTables(columnTypes));
      });
      checkLayout(present, schema);
    });
  } catch (error) {
    await connections.close();
    throw error;
  }
  const use = <Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> =>
    answered(schema, () => connections.use((connection) => work(statementsOn(connection))));

  const transaction =
    (begin: string) =>
    <Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> =>
      answered(schema, () => connections.inTransaction(begin, (connection) => work(statementsOn(connection))));

  return createWebhookStore({
    // As the row is written, not as the transaction began: it may have waited for the row.
    now: '(extract(epoch FROM clock_timestamp()) * 1000)::bigint',
    rows: (text, values) => use((statements) => statements.rows(text, values)),
    run: (text, values) => use((statements) => statements.run(text, values)),
    inTransaction: transaction('BEGIN'),
    inQuickTransaction: transaction('BEGIN; SET LOCAL synchronous_commit = off'),
    close: () => connections.close(),
  });
};
