import { failureOf } from '@stance/postgres';
import type { PostgresFailureKind } from '@stance/postgres';

import { FeedError } from '../errors.ts';
import type { FeedErrorCode } from '../errors.ts';

const codes: Readonly<Record<PostgresFailureKind, FeedErrorCode>> = {
  busy: 'feed-busy',
  closed: 'feed-closed',
  corrupt: 'feed-corrupt',
  full: 'feed-full',
  missing: 'feed-unavailable',
  'no-database': 'feed-unavailable',
  'no-rights': 'feed-no-rights',
  'read-only': 'feed-read-only',
  refused: 'feed-refused',
  'too-old': 'feed-unsupported-server',
  unreachable: 'feed-unavailable',
};

/** Runs what needs the server, its failures told as `FeedError`; errors that are none of it come back as they are. */
export const answered = async <Result>(schema: string, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    const { kind, message, retryable } = failure;
    throw new FeedError(codes[kind], `the feed in the schema ${schema} of PostgreSQL: ${message}`, {
      retryable,
      cause: error,
    });
  }
};
