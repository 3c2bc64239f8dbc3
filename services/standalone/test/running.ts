import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

const main = join(import.meta.dirname, '../src/main.ts');

/** A folder of its own until the end of the test. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'stance-standalone-'));
  onTestFinished(async () => {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
};

export const environment = (folder: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  STANCE_EVENT_STORE_URL: `sqlite:${join(folder, 'events.db')}`,
  STANCE_READ_MODEL_URL: `sqlite:${join(folder, 'read-model.db')}`,
  STANCE_PORT: '0',
  STANCE_SEED: 'none',
  STANCE_LOG_LEVEL: 'warn',
  ...more,
});

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves with the first line of standard output, or rejects where the process ends before it. */
  readonly address: Promise<string>;
  readonly ended: Promise<Ended>;
}

/** The real process. */
export const run = (
  env: Readonly<Record<string, string>>,
  options: { cwd?: string; args?: string[] } = {},
): Running => {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('STANCE_'));
  const child = spawn(process.execPath, [main, ...(options.args ?? [])], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let out = '';
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    out,
    err,
  }));
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const line = /^Stance tracker listens on (\S+)\n/.exec(out);
      if (line?.[1] !== undefined) resolve(line[1]);
    });
    ended.then(() => reject(new Error(`the process ended before it listened: ${err}`)), reject);
  });
  // Who waits for the end alone is not to be disturbed.
  address.catch(() => undefined);
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, address, ended };
};
