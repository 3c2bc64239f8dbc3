import { createAnswering } from '@stance/postgres';

import { FeedError } from '../errors.ts';
import type { FeedErrorCode } from '../errors.ts';

/** Runs what needs the server, its failures told as `FeedError`; errors that are none of it stay as they are. */
export const answered = createAnswering<FeedErrorCode>({
  what: 'feed',
  Failure: FeedError,
  codes: {
    busy: 'feed-busy',
    closed: 'feed-closed',
    corrupt: 'feed-corrupt',
    full: 'feed-full',
    missing: 'feed-missing',
    'no-database': 'feed-unavailable',
    'no-rights': 'feed-no-rights',
    'read-only': 'feed-read-only',
    refused: 'feed-refused',
    'too-large': 'feed-too-large',
    'too-old': 'feed-unsupported-server',
    unreachable: 'feed-unavailable',
  },
});
