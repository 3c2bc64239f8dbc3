import { failureOf } from '@stance/postgres';
import type { PostgresFailureKind } from '@stance/postgres';

import { ReadModelError } from '../errors.ts';
import type { ReadModelErrorCode } from '../errors.ts';

const codes: Readonly<Record<PostgresFailureKind, ReadModelErrorCode>> = {
  busy: 'read-model-busy',
  closed: 'read-model-closed',
  corrupt: 'read-model-corrupt',
  full: 'read-model-full',
  missing: 'read-model-missing',
  'no-database': 'read-model-missing',
  'no-rights': 'read-model-no-rights',
  'read-only': 'read-model-read-only',
  refused: 'read-model-refused',
  'too-old': 'read-model-unsupported-server',
  unreachable: 'read-model-unavailable',
};

/** What a failure of PostgreSQL means for the caller; errors that are none of it come back as they are. */
const readModelErrorOf = (error: unknown, schema: string): unknown => {
  const failure = failureOf(error);
  if (failure === null) return error;
  const { kind, message, retryable } = failure;
  return new ReadModelError(codes[kind], `the read model in the schema ${schema} of PostgreSQL: ${message}`, {
    retryable,
    cause: error,
  });
};

/** Runs what needs the server, its failures told as `ReadModelError`. */
export const answered = async <Result>(schema: string, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    throw readModelErrorOf(error, schema);
  }
};
