/** What one client, or all together, may ask of the service. */
export interface HttpLimits {
  /** The largest JSON body, in bytes, where an endpoint does not say otherwise. */
  readonly bodyBytes: number;
  /** How many objects and arrays of a JSON body may stand inside each other. */
  readonly jsonDepth: number;
  /** The longest request target (path and query), in characters. */
  readonly targetLength: number;
  /** The largest headers of a request, in bytes. */
  readonly headerBytes: number;
  /** Calls a second by one token, or one address without a token; twice as many at once. */
  readonly requestsPerSecond: number;
  /** Calls under way at once, those that stream lines included. */
  readonly concurrentRequests: number;
  /** Answers at once that never end. */
  readonly concurrentStreams: number;
  /** How long the headers of a request may take to arrive. */
  readonly headersTimeoutMs: number;
  /** How long a JSON body may take to arrive after the headers. */
  readonly bodyTimeoutMs: number;
  /** How long an answer may take, from the body on, until it starts. */
  readonly answerTimeoutMs: number;
  /** How long a connection may stand still, in the middle of a stream as well. */
  readonly idleTimeoutMs: number;
}

export const defaultLimits: HttpLimits = {
  bodyBytes: 64 * 1024,
  jsonDepth: 32,
  targetLength: 8 * 1024,
  headerBytes: 16 * 1024,
  requestsPerSecond: 20_000,
  concurrentRequests: 1_000,
  concurrentStreams: 10_000,
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 15_000,
  answerTimeoutMs: 30_000,
  idleTimeoutMs: 120_000,
};
