import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import { createHttpApp } from '@stance/http';
import type { HttpApp } from '@stance/http';
import type { EventStore } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { registerIngestion } from '@stance/ingestion';
import type { IngestionLimits } from '@stance/ingestion';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';

import { bench, now } from './harness.ts';
import type { Bench } from './harness.ts';

export interface Served extends Bench {
  readonly app: HttpApp;
  readonly port: number;
  readonly log: readonly Record<string, unknown>[];
  /** Sends a request to a path and reads the whole answer. */
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Sends NDJSON text and reads the whole answer. */
  sendLines(text: string | Uint8Array<ArrayBuffer>, query?: string): Promise<Record<string, unknown>[]>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export const linesOf = (text: string): Record<string, unknown>[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));

/** The service on a port of its own until the end of the test, over a store that knows what `bench` registers. */
export const serve = async (
  options: { readonly wrap?: (store: EventStore) => EventStore; readonly limits?: Partial<IngestionLimits> } = {},
): Promise<Served> => {
  const memory = createMemoryEventStore({ clock: () => now });
  const parts = await bench(memory);
  const log: Record<string, unknown>[] = [];
  const write = (line: string): void => void log.push(JSON.parse(line) as Record<string, unknown>);
  const app = createHttpApp({ logger: pino({}, { write }) });
  registerIngestion(app, {
    eventStore: options.wrap?.(memory) ?? memory,
    clock: () => now,
    newId: randomUUID,
    limits: options.limits ?? {},
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await app.kit.stop(0);
  });
  return {
    ...parts,
    app,
    log,
    port: (app.server.address() as AddressInfo).port,
    async send(method, path, body, headers = {}) {
      const response = await fetch(address + path, {
        method,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Record<string, unknown>,
      };
    },
    async sendLines(text, query = '') {
      const response = await fetch(`${address}/v1/statements${query}`, {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/x-ndjson' },
      });
      return linesOf(await response.text());
    },
  };
};
