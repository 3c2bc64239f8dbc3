import { prepareSchema } from '@stance/postgres';
import type { UnderWay } from '@stance/postgres';

import { ReadModelError } from '../errors.ts';
import type { Checkpoint, ProjectionWriter, WriteBatch } from '../writer.ts';
import { writeBatch } from './batch-writer.ts';
import { readCheckpoint } from './checkpoint.ts';
import { createLookups } from './lookups.ts';
import { tableNames } from '../indexes.ts';
import { locate } from './options.ts';
import type { PostgresReadModelOptions } from './options.ts';
import { answered } from './postgres-errors.ts';
import { checkLayout, createTables, layout } from './schema.ts';

export interface PostgresReadModelWriterOptions extends PostgresReadModelOptions {
  /** By which the changes are made. A schema made by another method, or another version of it, is refused. */
  readonly method: { readonly name: string; readonly version: number };
}

/**
 * Opens the read model in a schema of PostgreSQL for writing, and makes it, the schema included, where there is none.
 *
 * @throws ReadModelError `read-model-unavailable`, `read-model-busy` or `read-model-full` (these are retryable),
 *   `read-model-refused` (name, password, TLS), `read-model-missing` (the database), `read-model-no-rights`,
 *   `read-model-foreign-schema`, `read-model-outdated` (rebuild it), `read-model-read-only` or
 *   `read-model-unsupported-server`.
 */
export const openPostgresReadModelWriter = async (
  options: PostgresReadModelWriterOptions,
): Promise<ProjectionWriter> => {
  const { connections, schema } = locate(options);
  const { method } = options;
  /** Of the read model that the caller knows: one that takes its place has the same position, but not the same numbers. */
  let generation = '';
  const checkpoint = async (): Promise<Checkpoint> => {
    const read = await connections.use(readCheckpoint);
    ({ generation } = read);
    return read;
  };
  try {
    await answered(schema, async () => {
      const present = await prepareSchema(connections, schema, layout, (connection) =>
        createTables(connection, method),
      );
      checkLayout(present, schema);
      const made = await checkpoint();
      if (made.method !== method.name || made.methodVersion !== method.version) {
        throw new ReadModelError(
          'read-model-outdated',
          `the schema ${schema} was made by method ${made.method} version ${String(made.methodVersion)}, not by ` +
            `${method.name} version ${String(method.version)}: rebuild the read model`,
        );
      }
    });
  } catch (error) {
    await connections.close();
    throw error;
  }
  const handOver = async (batch: WriteBatch): Promise<UnderWay> => {
    const write = connections.startTransaction('BEGIN', (connection) => writeBatch(connection, batch, generation));
    const { done } = await answered(schema, () => write);
    return {
      done: answered(schema, async () => {
        await done;
        generation = batch.generation ?? generation;
      }),
    };
  };
  return {
    // Lookups need a connection while a commit has one.
    ...(options.connections === 1 ? {} : { handOver }),
    ...createLookups((work) => answered(schema, () => connections.use(work))),
    checkpoint: () => answered(schema, checkpoint),
    commit: async (batch) => (await handOver(batch)).done,
    analyze: async () => {
      for (const name of tableNames) {
        // Another program may be at it, or hold the table: that is no reason to give up what was made.
        await connections.use((connection) => connection.query(`ANALYZE ${name}`)).catch(() => undefined);
      }
    },
    close: () => connections.close(),
  };
};
