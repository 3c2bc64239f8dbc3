import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import type { Exchange } from './exchange.ts';
import type { InFlight } from './in-flight.ts';

export interface HttpMetrics {
  /** This app's own registry: services add their gauges to it. */
  readonly registry: Registry;
  observe(exchange: Exchange): void;
  /** All there is, in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

let processRegistry: Registry | null = null;

/** Those of the process are gathered once, however many apps it starts: their observers can't be taken back. */
const processMetrics = (): Registry => {
  if (processRegistry === null) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
};

export const createMetrics = (inFlight: Pick<InFlight, 'size' | 'heldOpen'>): HttpMetrics => {
  const registry = new Registry();
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer, by route, method and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const gauge = new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests that have begun and are not answered to the end, without the streams that never end.',
    registers: [],
    collect() {
      this.set(inFlight.size());
    },
  });
  const streams = new Gauge({
    name: 'http_streams_open',
    help: 'Answers under way that never end.',
    registers: [],
    collect() {
      this.set(inFlight.heldOpen());
    },
  });
  registry.registerMetric(gauge);
  registry.registerMetric(streams);
  const common = processMetrics();
  return {
    registry,
    contentType: registry.contentType,
    observe({ request, reply, startedAt, phase }) {
      // How long somebody listened is no time that anybody waited.
      if (phase === 'endless') return;
      duration.observe(
        { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.raw.statusCode },
        (performance.now() - startedAt) / 1000,
      );
    },
    text: async () => (await registry.metrics()) + (await common.metrics()),
  };
};
