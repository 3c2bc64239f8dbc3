import { createAnswering } from '@stance/postgres';

import { ReadModelError } from '../errors.ts';
import type { ReadModelErrorCode } from '../errors.ts';

/** Runs what needs the server, its failures told as `ReadModelError`; errors that are none of it stay as they are. */
export const answered = createAnswering<ReadModelErrorCode>({
  what: 'read model',
  Failure: ReadModelError,
  codes: {
    busy: 'read-model-busy',
    closed: 'read-model-closed',
    corrupt: 'read-model-corrupt',
    full: 'read-model-full',
    missing: 'read-model-missing',
    'no-database': 'read-model-missing',
    'no-rights': 'read-model-no-rights',
    'read-only': 'read-model-read-only',
    refused: 'read-model-refused',
    'too-large': 'read-model-too-large',
    'too-old': 'read-model-unsupported-server',
    unreachable: 'read-model-unavailable',
  },
});
