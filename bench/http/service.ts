import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

import { get, openConnection } from './connection.ts';

const root = resolve(import.meta.dirname, '../..');

/** The arguments that `npm start` gives to Node.js: its flags, then the program. */
const startArguments = async (): Promise<string[]> => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [, , ...given] = scripts.start.split(' ');
  return given.map((each) => (each.startsWith('--') ? each : join(root, each)));
};

/** The real process, on files of its own. */
export interface Service {
  readonly port: number;
  /** Where it keeps what it knows, as variables of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves once a read has passed this position. */
  passed(position: number): Promise<void>;
  /** The most memory it ever held, in MB; 0 where the system does not tell. */
  peakMemoryMb(): Promise<number>;
  /** What it holds now. */
  memoryMb(): Promise<number>;
}

/** Starts the service, calls the action, stops it and removes its files. */
export const withService = async (
  parent: string,
  action: (service: Service) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const folder = await mkdtemp(join(parent, 'stance-bench-'));
  const port = await freePort();
  const stores = {
    STANCE_EVENT_STORE_URL: `sqlite:${join(folder, 'events.db')}`,
    STANCE_READ_MODEL_URL: `sqlite:${join(folder, 'read-model.db')}`,
    ...settings,
  };
  const child = spawn(process.execPath, [...process.execArgv, ...(await startArguments())], {
    cwd: folder,
    env: {
      ...process.env,
      STANCE_PORT: String(port),
      ...stores,
      STANCE_LOG_LEVEL: 'warn',
      STANCE_SEED: 'none',
      STANCE_REQUESTS_PER_SECOND: '1000000',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = once(child, 'exit');
  try {
    await Promise.race([ready(port), gone.then(() => Promise.reject(new Error('the service did not start')))]);
    await action({
      port,
      env: stores,
      passed: (position) => passed(port, position),
      peakMemoryMb: () => memoryMb(child.pid, 'VmHWM'),
      memoryMb: () => memoryMb(child.pid, 'VmRSS'),
    });
  } finally {
    child.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const ready = async (port: number): Promise<void> => {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((done) => setTimeout(done, 50));
  }
};

/** A read that waits for a position does so for a bounded time: it is asked again until the position is passed. */
const passed = async (port: number, position: number): Promise<void> => {
  const connection = await openConnection(port);
  for (;;) {
    const { status, body } = await connection.request(get(`/v1/actors?limit=1&minPosition=${position}`));
    if (status === 200) break;
    if (status !== 503) throw new Error(`${status} while waiting for position ${position}: ${body}`);
  }
  connection.close();
};

const memoryMb = async (pid: number | undefined, measure: 'VmHWM' | 'VmRSS'): Promise<number> => {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  return Math.round(Number(new RegExp(`${measure}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
};
