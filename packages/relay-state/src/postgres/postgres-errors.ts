import { createAnswering } from '@stance/postgres';

import { RelayStateError } from '../errors.ts';
import type { RelayStateErrorCode } from '../errors.ts';

/** Runs what needs the server, its failures told as `RelayStateError`; errors that are none of it stay as they are. */
export const answered = createAnswering<RelayStateErrorCode>({
  what: "relay's state",
  Failure: RelayStateError,
  codes: {
    busy: 'relay-state-busy',
    closed: 'relay-state-closed',
    corrupt: 'relay-state-corrupt',
    full: 'relay-state-full',
    'too-large': 'relay-state-corrupt',
    missing: 'relay-state-unavailable',
    'no-database': 'relay-state-unavailable',
    'no-rights': 'relay-state-no-rights',
    'read-only': 'relay-state-read-only',
    refused: 'relay-state-refused',
    'too-old': 'relay-state-unsupported-server',
    unreachable: 'relay-state-unavailable',
  },
});
