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

/**
 * Takes over `X-Correlation-Id`, else the trace id of `traceparent`, else `requestId`. What is not well-formed is
 * ignored: a tracing header is no reason to refuse a request.
 */
export const correlationOf = (headers: IncomingHttpHeaders, requestId: string): Correlation => {
  const sent = headers['x-correlation-id'];
  const trace = headers['traceparent'];
  const match = typeof trace === 'string' ? traceparentPattern.exec(trace) : null;
  const correlationId = typeof sent === 'string' && correlationPattern.test(sent) ? sent : (match?.[1] ?? requestId);
  return { correlationId, traceparent: match === null ? null : match[0] };
};
