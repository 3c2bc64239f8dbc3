import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';

import { EventStoreError } from '../errors.ts';

/** https://grpc.io/docs/guides/status-codes */
const grpcUnavailable = 14;

/** Whether it is what the server says to the request, so that the way to it is sound and asking again gives the same. */
export function isAnswer(cause: unknown): boolean {
  return (
    cause instanceof WrongExpectedVersionError ||
    cause instanceof StreamNotFoundError ||
    cause instanceof StreamDeletedError ||
    cause instanceof MaxAppendSizeExceededError ||
    cause instanceof AccessDeniedError ||
    (cause instanceof EventStoreError && !cause.retryable)
  );
}

/** Whether the client goes to another node by itself, since this one has told it which. */
export function namesLeader(cause: unknown): boolean {
  return cause instanceof NotLeaderError;
}

/**
 * What the client or the server says went wrong, as an error of the port, in one line. What is not known for an answer of
 * the server is taken for `event-store-unavailable`: the request may have been carried out.
 */
export function toEventStoreError(cause: unknown, place: string): EventStoreError {
  if (cause instanceof EventStoreError) return cause;
  const said = `(${describe(cause)})`;
  if (cause instanceof AccessDeniedError) {
    return new EventStoreError(
      'event-store-denied',
      `${place}: the server does not take user and password, or the user may not read $all and write: check both ${said}`,
      { cause },
    );
  }
  if (cause instanceof StreamDeletedError) {
    return new EventStoreError(
      'event-store-stream-deleted',
      `${place}: a stream has been deleted for good, and nothing can be appended to it ${said}`,
      { cause },
    );
  }
  if (cause instanceof MaxAppendSizeExceededError) {
    return new EventStoreError(
      'event-store-too-large',
      `${place}: a request is larger than the server takes (${cause.maxAppendSize} bytes), and was not written: start the ` +
        `server with EVENTSTORE_MAX_APPEND_SIZE=8388608 ${said}`,
      { cause },
    );
  }
  const what = isUnavailable(cause)
    ? 'the server cannot be reached: check host and port, whether it runs, and whether it speaks TLS (?tls=false if not)'
    : 'the event store does not answer';
  return new EventStoreError('event-store-unavailable', `${place}: ${what} ${said}`, { retryable: true, cause });
}

/** Asked for its version, the client gives the failure as gRPC has it. */
function isUnavailable(cause: unknown): boolean {
  return (
    cause instanceof UnavailableError || (cause instanceof Error && 'code' in cause && cause.code === grpcUnavailable)
  );
}

/** The failure of a call that was not answered in time. */
export function noAnswer(place: string, deadlineMs: number): EventStoreError {
  return new EventStoreError(
    'event-store-unavailable',
    `${place}: the event store gave no answer for ${deadlineMs} ms`,
    {
      retryable: true,
    },
  );
}

function describe(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, ' ').trim();
}
