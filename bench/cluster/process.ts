import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');

/** A program of the workspace as a process of its own. */
export interface BenchProcess extends AsyncDisposable {
  readonly pid: number;
  /** Rejects where it ends before `isReady` says that it is. */
  whenReady(isReady: () => Promise<boolean>): Promise<void>;
}

/** @param file from the root of the workspace. */
export const startProcess = (file: string, env: Readonly<Record<string, string>>): BenchProcess => {
  const child = spawn(process.execPath, [resolve(root, file)], {
    env: { ...process.env, STANCE_LOG_LEVEL: 'error', STANCE_REQUESTS_PER_SECOND: '1000000', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    async whenReady(isReady) {
      while (!(await isReady())) {
        if (child.exitCode !== null) throw new Error(`${file} ended before it was ready`);
        await pause(50);
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await gone;
    },
  };
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
