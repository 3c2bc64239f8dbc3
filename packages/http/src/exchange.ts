import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Caller } from './access.ts';
import { correlationOf } from './correlation.ts';

/** One request and its answer: what the kit knows of it beside what Fastify does. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** `performance.now()` at its start. */
  readonly startedAt: number;
  readonly correlationId: string;
  readonly traceparent: string | null;
  caller: Caller;
  /** What is waited for: its body, its answer, or nothing that has a time limit: lines to their end, events without end. */
  phase: 'receiving' | 'answering' | 'streaming' | 'endless';
  /** `performance.now()` at the start of the phase. */
  phaseAt: number;
  /** Aborted when the client has gone, the time is up, or the service stops for good. */
  readonly signal: AbortSignal;
  abort(reason: Error): void;
}

const anonymous: Caller = { name: null, scopes: [] };

export const openExchange = (request: FastifyRequest, reply: FastifyReply, ownKey: string | null): Exchange => {
  const startedAt = performance.now();
  const { correlationId, traceparent } = correlationOf(request.raw.headers, request.id, ownKey);
  const controller = new AbortController();
  return {
    request,
    reply,
    startedAt,
    correlationId,
    traceparent,
    caller: anonymous,
    phase: 'receiving',
    phaseAt: startedAt,
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
  };
};
