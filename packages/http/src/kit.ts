import type { Scope } from '@stance/contracts';
import type { FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';

import type { Exchange } from './exchange.ts';
import type { HttpLimits } from './limits.ts';

/** What `createHttpApp` adds to the Fastify instance, as `app.kit`. */
export interface HttpKit {
  readonly limits: HttpLimits;
  /** The app's own Prometheus registry: services register their gauges here. */
  readonly registry: Registry;
  /** All metrics in the text format of Prometheus. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Aborted as soon as the app is being stopped: endless answers end then. */
  readonly stopping: AbortSignal;
  /**
   * Lets a request in: not while stopping, not past the limits, and only with the scope.
   *
   * @throws ProblemError `shutting-down`, `overloaded`, `too-many-requests`, `unauthorized` or `forbidden`.
   */
  admit(request: FastifyRequest, scope: Scope | null): void;
  /**
   * The answer to this request never ends: it counts as a stream from here on, no more as a call under way.
   *
   * @throws ProblemError `overloaded` where there are as many streams as there may be.
   */
  holdOpen(request: FastifyRequest): void;
  /**
   * Stops the app: takes no new connections and no new calls, lets what is under way finish, closes idle connections,
   * and at the deadline cuts off what is left. Resolves to how many calls were cut off; later calls give the same.
   */
  stop(deadlineMs: number): Promise<{ readonly cutOff: number }>;
}

declare module 'fastify' {
  interface FastifyInstance {
    kit: HttpKit;
  }
  interface FastifyRequest {
    exchange: Exchange;
    /** Whether the body is `application/x-ndjson`, left unread. */
    isNdjson: boolean;
  }
}
