import { layoutOf, prepareSchema } from '@stance/postgres';
import type { Connection } from '@stance/postgres';

import type { FeedReader, FeedStore } from '../feed-store.ts';
import { ofAnotherLog } from '../owner.ts';
import { createFeedReads, publishedHistoriesIn, publishedIn } from './feed-reads.ts';
import { locate } from './options.ts';
import type { PostgresFeedOptions } from './options.ts';
import { answered } from './postgres-errors.ts';
import { cursorOf, publishIn } from './publish.ts';
import { createPublishingSession } from './publishing-session.ts';
import { checkLayout, createTables, layout } from './schema.ts';

const bindIn = async (connection: Connection, schema: string, log: string | null): Promise<boolean> => {
  const { rows } = await connection.query<{ log: string | null }>('SELECT log FROM feed FOR UPDATE');
  const owner = rows[0]?.log ?? null;
  if (owner === null) {
    if (log !== null) await connection.query('UPDATE feed SET log = $1', [log]);
    return log !== null;
  }
  if (owner === log) return true;
  throw ofAnotherLog(`the feed in the schema ${schema}`, owner, log);
};

/**
 * Opens the feed store in a schema of PostgreSQL, and makes it, with an epoch of its own, where there is none.
 *
 * @throws FeedError `feed-in-use`, `feed-foreign-schema`, `feed-refused` (name, password, TLS), `feed-no-rights`,
 *   `feed-read-only`, `feed-unsupported-server`, or `feed-unavailable` or `feed-busy` (retryable, unless the database is
 *   not there).
 */
export const openPostgresFeedStore = async (options: PostgresFeedOptions): Promise<FeedStore> => {
  // One is held for publishing.
  const { connections, schema } = locate({ ...options, connections: Math.max(2, options.connections ?? 4) });
  const session = createPublishingSession(connections, schema);
  const publishing = <Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> =>
    answered(schema, () => session.run(work));
  const close = async (): Promise<void> => {
    await session.close();
    await connections.close();
  };
  try {
    await answered(schema, async () => {
      checkLayout(await prepareSchema(connections, schema, layout, createTables), schema);
    });
    await publishing(() => Promise.resolve());
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...createFeedReads(connections, schema),
    close,
    bind: (log) => publishing((connection) => bindIn(connection, schema, log)),
    cursor: (generation) => publishing((connection) => cursorOf(connection, generation)),
    published: (histories) => publishing((connection) => publishedIn(connection, histories)),
    publishedHistories: ({ after, limit }) =>
      publishing((connection) => publishedHistoriesIn(connection, after, limit)),
    publish: (publication) => publishing((connection) => publishIn(connection, publication)),
  };
};

/**
 * Opens a feed for reading, beside the one who publishes.
 *
 * @throws FeedError `feed-missing` where nobody has made it yet (retryable), `feed-unavailable` or `feed-busy` (retryable,
 *   unless the database is not there), `feed-refused`, `feed-no-rights` or `feed-foreign-schema`.
 */
export const openPostgresFeedReader = async (options: PostgresFeedOptions): Promise<FeedReader> => {
  const { connections, schema } = locate(options);
  try {
    await answered(schema, async () => {
      checkLayout(await connections.use((connection) => layoutOf(connection, schema)), schema);
    });
  } catch (error) {
    await connections.close();
    throw error;
  }
  return { ...createFeedReads(connections, schema), close: () => connections.close() };
};
