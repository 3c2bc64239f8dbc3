import { quoted } from '@stance/postgres';

import { locate } from './options.ts';
import type { PostgresReadModelOptions } from './options.ts';
import { answered } from './postgres-errors.ts';

/** Where the catalogue of the versions of a read model is. */
export const catalogueSchema = (schema: string): string => `${schema}_versions`;

/** Where a version of a read model is: the first one in the schema itself, the others beside it. */
export const versionSchema = (schema: string, version: number): string =>
  version === 1 ? schema : `${schema}_v${String(version)}`;

/** The options by which a version of a read model is opened. */
export const versionOptions = <Options extends PostgresReadModelOptions>(
  options: Options,
  version: number,
): Options => ({
  ...options,
  schema: versionSchema(options.schema ?? 'stance_read_model', version),
});

/** How long reads under way may hold it up, in milliseconds. */
const longestHold = 5000;

/** Removes the rows of a version. @throws ReadModelError `read-model-busy` (retryable) where reads under way take too long. */
export const removeVersionSchema = async (options: PostgresReadModelOptions, version: number): Promise<void> => {
  const { connections, schema } = locate({ ...versionOptions(options, version), connections: 1 });
  try {
    await answered(schema, () =>
      connections.inTransaction('BEGIN', async (connection) => {
        await connection.query(`SET LOCAL lock_timeout = ${String(longestHold)}`);
        await connection.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
      }),
    );
  } finally {
    await connections.close();
  }
};
