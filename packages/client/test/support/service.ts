import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readConfig } from '@stance/config';
import { startStandalone } from '@stance/standalone';
import type { Standalone } from '@stance/standalone';
import { pino } from 'pino';

/** The real service in this process, on files and a port of its own, and on the same ones when it is started again. */
export interface TestService {
  readonly url: string;
  stop(): Promise<void>;
  /** On another feed, where there is none any more. */
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
  readonly folder: string;
}

export const startService = async (more: Readonly<Record<string, string>> = {}): Promise<TestService> => {
  const folder = await mkdtemp(join(tmpdir(), 'stance-client-'));
  let port = '0';
  let running: Standalone | undefined;
  const start = async (): Promise<void> => {
    const config = readConfig({
      STANCE_EVENT_STORE_URL: `sqlite:${join(folder, 'events.db')}`,
      STANCE_READ_MODEL_URL: `sqlite:${join(folder, 'read-model.db')}`,
      STANCE_PORT: port,
      STANCE_SEED: 'none',
      ...more,
    });
    running = await startStandalone(config, { logger: pino({ level: 'silent' }) });
    port = new URL(running.address).port;
  };
  const stop = async (): Promise<void> => running?.stop();
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
