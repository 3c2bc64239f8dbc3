import { ClientError } from '../client-error.ts';

/** What Node.js says of a connection that never came about. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // One of those that `fetch` never connects to.
  'bad port',
]);

/** What `fetch`, or the reading of a body, threw, as the error that the caller gets. */
export const failureOf = (
  error: unknown,
  { baseUrl, call, signal }: { baseUrl: string; call: string; signal: AbortSignal | undefined },
): ClientError => {
  if (error instanceof ClientError) return error;
  if (signal?.aborted === true) return abortedBy(signal);
  const reason = reasonOf(error);
  if (neverConnected.has(reason))
    return new ClientError('service-unreachable', `Nothing answers at ${baseUrl} (${reason})`, {
      retryable: true,
      call,
      cause: error,
    });
  return new ClientError('connection-lost', `The connection to ${baseUrl} broke off (${reason})`, {
    retryable: true,
    call,
    cause: error,
  });
};

export const abortedBy = (signal: AbortSignal): ClientError =>
  new ClientError('aborted', 'The call was aborted', { cause: signal.reason as unknown });

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  // A host with several addresses fails with one error for each of them.
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.message : reasonOf(error.cause);
};
