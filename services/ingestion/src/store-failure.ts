import { ProblemError } from '@stance/contracts';
import { EventStoreError } from '@stance/event-store';
import type { EventStoreErrorCode } from '@stance/event-store';

const details: Partial<Record<EventStoreErrorCode, string>> = {
  'event-store-denied': 'The event store refuses the service: its user, its password or its rights.',
  'event-store-full': 'The disk of the event store is full; nothing was written.',
  'event-store-read-only': 'The event store cannot be written to: it is read-only. Nothing was written.',
  'event-store-removed':
    'The file of the event store was removed or replaced under the running service: it has to be stopped, and started ' +
    'again. Whether it was recorded is not known.',
  'event-store-unavailable': 'The event store did not answer; whether it was recorded is not known.',
};

/** A failure of the event store as the problem that the client sees; anything else comes back as it is. */
export const asProblem = (error: unknown): unknown => {
  if (!(error instanceof EventStoreError)) return error;
  if (error.code === 'event-store-closed') {
    return new ProblemError('shutting-down', { detail: 'The event store has been closed.', cause: error });
  }
  const detail = details[error.code];
  if (detail === undefined)
    return new ProblemError('internal', { detail: 'The event store has failed.', cause: error });
  return new ProblemError('store-unavailable', { detail, headers: { 'Retry-After': '5' }, cause: error });
};
