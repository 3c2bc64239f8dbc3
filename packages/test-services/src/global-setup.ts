import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { TestProject } from 'vitest/node';

import { startKafkaContainer } from './kafka-container.ts';
import { startPostgresContainer } from './postgres-container.ts';

/** Where the services of a run are asked for. */
export type ServiceAnswer = { readonly url: string } | { readonly missing: string };

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers where the run's PostgreSQL is, and starts it for the first who asks. */
    postgres: string;
    /** The same for Kafka. */
    kafka: string;
  }
}

/** A service of the run, once it was asked for. */
interface Service {
  answer(): Promise<ServiceAnswer>;
  stop(): Promise<void>;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const serviceOf = (start: () => Promise<{ readonly url: string; stop(): Promise<void> }>): Service => {
  let starting: ReturnType<typeof start> | null = null;
  return {
    answer: async () => {
      try {
        const { url } = await (starting ??= start());
        return { url };
      } catch (error) {
        return { missing: messageOf(error) };
      }
    },
    stop: async () => {
      const container = await starting?.catch(() => null);
      await container?.stop();
    },
  };
};

/**
 * Vitest's global set-up: one container of a kind for the whole run, started when a test file first asks for it, so that
 * runs without such a file wait for nothing.
 */
// Vitest takes the default export, and nothing else.
// oxlint-disable-next-line import/no-default-export
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const services = {
    postgres: serviceOf(() => startPostgresContainer()),
    kafka: serviceOf(async () => {
      const { broker, stop } = await startKafkaContainer();
      return { url: broker, stop };
    }),
  };

  const server = createServer((request, response) => {
    const service = request.url === '/kafka' ? services.kafka : services.postgres;
    void service.answer().then((found) => response.end(JSON.stringify(found)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  project.provide('postgres', `${address}/postgres`);
  project.provide('kafka', `${address}/kafka`);

  return async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all([services.postgres.stop(), services.kafka.stop()]);
  };
}
