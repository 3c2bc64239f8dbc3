import { AsyncLocalStorage } from 'node:async_hooks';

import type { Connection, Connections } from '@stance/postgres';
import {
  CompiledQuery,
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  replaceWithNoncontingentExpression,
} from 'kysely';
import type { PostgresPool } from 'kysely';

import { ReadModelError } from '../errors.ts';
import type { ReadConnection } from '../queries/database.ts';
import { openSnapshot } from '../queries/snapshot.ts';
import type { ReadModel, Snapshot } from '../read-model.ts';
import type { Rows } from '../rows.ts';
import { createLayoutCheck } from './layout-check.ts';
import { locate } from './options.ts';
import type { PostgresReadModelOptions } from './options.ts';
import { answered } from './postgres-errors.ts';
import { createSharedRead } from './shared-read.ts';
import type { OpenRead, SharedRead } from './shared-read.ts';

const queriesOver = ({ hold, close }: Connections): Kysely<Rows> =>
  new Kysely<Rows>({
    dialect: new PostgresDialect({
      // A held connection is all of the driver's client that the queries make use of.
      pool: { connect: hold, end: close, options: {} } as unknown as PostgresPool,
    }),
    // SQLite takes an empty list, PostgreSQL does not.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });

const plainStatements = (db: ReadConnection): Connection => ({
  query: (async (text, values = []) => {
    const { rows } = await db.executeQuery(CompiledQuery.raw(text, [...values]));
    return { rows, rowCount: null };
  }) as Connection['query'],
});

/**
 * Opens the read model in a schema of PostgreSQL for reading. Reads run side by side, each on a connection of its own, as
 * many as there may be connections. Where another read model takes its place (a rebuild), later reads see that one.
 *
 * @throws ReadModelError `read-model-missing` (retryable, unless it is the database), `read-model-unavailable` or
 *   `read-model-busy` (retryable), `read-model-refused` (name, password, TLS), `read-model-no-rights`,
 *   `read-model-foreign-schema` or `read-model-outdated`.
 */
export const openPostgresReadModel = async (options: PostgresReadModelOptions): Promise<ReadModel> => {
  const { connections, schema } = locate(options);
  const db = queriesOver(connections);
  const checked = createLayoutCheck(schema);
  const idle = Promise.withResolvers<void>();
  let reads = 0;
  let closing: Promise<void> | null = null;

  const snapshotOf = async (transaction: ReadConnection): Promise<Snapshot> => {
    const { snapshot } = await checked(plainStatements(transaction), async () => {
      const snapshot = await openSnapshot(transaction);
      return { snapshot, generation: snapshot.checkpoint.generation };
    });
    return snapshot;
  };

  const begin = async (): Promise<OpenRead> => {
    const transaction = await db
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute();
    // Nothing was written, and so the connection comes back even where the server is gone.
    const end = (): Promise<void> =>
      transaction
        .rollback()
        .execute()
        .catch(() => undefined);
    try {
      return { snapshot: await snapshotOf(transaction), end };
    } catch (error) {
      await end();
      throw error;
    }
  };

  /** Reads that belong together, by the work that they are part of. */
  const sharing = new AsyncLocalStorage<SharedRead>();

  const together = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (sharing.getStore()?.isOpen() === true) return work();
    if (closing !== null)
      throw new ReadModelError('read-model-closed', `the read model in the schema ${schema} was closed`);
    reads += 1;
    const shared = createSharedRead(begin);
    try {
      return await sharing.run(shared, work);
    } finally {
      await shared.end();
      reads -= 1;
      if (closing !== null && reads === 0) idle.resolve();
    }
  };

  const read = <Result>(work: (snapshot: Snapshot) => Promise<Result>): Promise<Result> => {
    const shared = sharing.getStore();
    return shared?.isOpen() === true ? answered(schema, () => shared.read(work)) : together(() => read(work));
  };

  try {
    await read((snapshot) => Promise.resolve(snapshot));
  } catch (error) {
    await connections.close();
    throw error;
  }
  return {
    read,
    together,
    close: () => {
      if (reads === 0) idle.resolve();
      closing ??= idle.promise.then(() => answered(schema, () => connections.close()));
      return closing;
    },
  };
};
