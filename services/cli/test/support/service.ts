import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { spawnCli } from './run-cli.ts';

export interface Service {
  readonly url: string;
  readonly folder: string;
  /** The environment that it runs with. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends it in order; gives its exit code. Its files stay. */
  stop(): Promise<number | null>;
  /** Kills it, and starts it again on the same files and port. */
  restartKilled(): Promise<void>;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Runs `stance serve` on new files, as a process of its own, until it is ready. */
export const startService = async (more: Readonly<Record<string, string>> = {}): Promise<Service> => {
  const folder = await mkdtemp(join(tmpdir(), 'stance-cli-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    STANCE_EVENT_STORE_URL: `sqlite:${join(folder, 'events.db')}`,
    STANCE_READ_MODEL_URL: `sqlite:${join(folder, 'read-model.db')}`,
    STANCE_PORT: String(port),
    STANCE_SEED: 'none',
    ...more,
  };
  const isReady = (): Promise<boolean> =>
    fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  const launch = async () => {
    const child = spawnCli(['serve'], env);
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const readText = (): string => Buffer.concat(output).toString();
    while (!(await isReady())) {
      if (child.exitCode !== null) throw new Error(`stance serve ended with ${child.exitCode}:\n${readText()}`);
      await delay(20);
    }
    return {
      end: (signal: NodeJS.Signals): Promise<number | null> => {
        child.kill(signal);
        return ended;
      },
    };
  };

  let running = await launch();
  const stop = (): Promise<number | null> => running.end('SIGTERM');
  return {
    url,
    folder,
    env,
    stop,
    restartKilled: async () => {
      await running.end('SIGKILL');
      running = await launch();
    },
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
