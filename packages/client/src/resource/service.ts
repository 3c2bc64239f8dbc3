import type { Health, ProjectionStatus, Readiness } from '../contract/answer.ts';

import type { Transport } from '../call/transport.ts';
import type { CallOptions } from '../call/write.ts';
import { read } from '../pages.ts';

export interface Projections {
  readonly items: readonly ProjectionStatus[];
}

/** The state of the service. */
export interface Service {
  /** Whether the process is alive. */
  health(options?: CallOptions): Promise<Health>;
  /** Whether it can do its work; that it cannot is an answer too. */
  readiness(options?: CallOptions): Promise<Readiness>;
  /** How far the projections have come. */
  projections(options?: CallOptions): Promise<Projections>;
  /** In the text format of Prometheus. */
  metrics(options?: CallOptions): Promise<string>;
  /** The OpenAPI 3.1 document of all calls. */
  openApi(options?: CallOptions): Promise<Readonly<Record<string, unknown>>>;
  /** The same as a page of HTML. */
  docs(options?: CallOptions): Promise<string>;
}

export const createService = (transport: Transport): Service => ({
  health: async (options) => read(transport, '/healthz', {}, options),
  readiness: async (options) =>
    transport.json({
      method: 'GET',
      path: '/readyz',
      idempotent: true,
      alsoTaken: 503,
      ...options,
    }),
  projections: async (options) => read(transport, '/v1/projections', {}, options),
  metrics: async (options) => transport.text({ method: 'GET', path: '/metrics', accept: 'text/plain', ...options }),
  openApi: async (options) => read(transport, '/openapi.json', {}, options),
  docs: async (options) => transport.text({ method: 'GET', path: '/docs', accept: 'text/html', ...options }),
});
