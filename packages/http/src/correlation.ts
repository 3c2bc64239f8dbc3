import type { IncomingHttpHeaders } from 'node:http';

const correlationPattern = /^[A-Za-z0-9][A-Za-z0-9._:~-]{0,127}$/;
/** W3C Trace Context: version `ff`, an all-zero trace id and an all-zero parent id are invalid. */
const traceparentPattern = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

export interface Correlation {
  /** What ties everything together that follows from one action of a client. */
  readonly correlationId: string;
  /** The caller's W3C trace context, where it sent a well-formed one. */
  readonly traceparent: string | null;
}

/** Ids that start so are the service's own. */
const ownPrefix = 'stance-';

/** The header by which the process that runs an app proves that a call is its own. */
export const ownKeyHeader = 'x-stance-own-key';

/**
 * Takes over `X-Correlation-Id`, else the trace id of `traceparent`, else `requestId`. What is not well-formed is
 * ignored, and so is an id of the service's own in a call that is not: a tracing header is no reason to refuse a request.
 *
 * @param ownKey what calls of the service's own carry; `null` where it makes none.
 */
export const correlationOf = (headers: IncomingHttpHeaders, requestId: string, ownKey: string | null): Correlation => {
  const isOwn = ownKey !== null && headers[ownKeyHeader] === ownKey;
  const sent = headers['x-correlation-id'];
  const trace = headers['traceparent'];
  const match = typeof trace === 'string' ? traceparentPattern.exec(trace) : null;
  const isTaken = typeof sent === 'string' && correlationPattern.test(sent) && (isOwn || !sent.startsWith(ownPrefix));
  const correlationId = isTaken ? sent : (match?.[1] ?? requestId);
  return { correlationId, traceparent: match === null ? null : match[0] };
};
