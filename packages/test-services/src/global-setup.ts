import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { TestProject } from 'vitest/node';

import { startPostgresContainer } from './postgres-container.ts';
import type { PostgresContainer } from './postgres-container.ts';

/** Where the services of a run are asked for. */
export type ServiceAnswer = { readonly url: string } | { readonly missing: string };

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers where the run's PostgreSQL is, and starts it for the first who asks. */
    postgres: string;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Vitest's global set-up: one container for the whole run, started when a test file first asks for it, so that runs
 * without such a file wait for nothing.
 */
// Vitest takes the default export, and nothing else.
// oxlint-disable-next-line import/no-default-export
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PostgresContainer> | null = null;

  const answer = async (): Promise<ServiceAnswer> => {
    try {
      const { url } = await (starting ??= startPostgresContainer());
      return { url };
    } catch (error) {
      return { missing: messageOf(error) };
    }
  };

  const server = createServer((_request, response) => {
    void answer().then((found) => response.end(JSON.stringify(found)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  project.provide('postgres', `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);

  return async () => {
    server.closeAllConnections();
    server.close();
    const container = await starting?.catch(() => null);
    await container?.stop();
  };
}
