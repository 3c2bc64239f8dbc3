import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const main = resolve(import.meta.dirname, '../../../services/standalone/src/main.ts');

/** The real service as a process of its own, on files of its own. */
export interface Service {
  readonly baseUrl: string;
  readonly port: number;
  readonly pid: number;
  readonly events: string;
  /** All that it has logged: one JSON object a line, from `warn` up. */
  log(): string;
  /** Ends it and takes its files away. */
  stop(): Promise<void>;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** Resolves with where it listens. @throws Error where it ends before that. */
  readonly address: Promise<string>;
  readonly ended: Promise<Ended>;
  log(): string;
}

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'stance-bad-input-'));

/** Where the service keeps its files in a folder, and what else makes it fit for tests. */
export const environmentIn = (folder: string): Record<string, string> => ({
  STANCE_PORT: '0',
  STANCE_EVENT_STORE_URL: `sqlite:${join(folder, 'events.db')}`,
  STANCE_READ_MODEL_URL: `sqlite:${join(folder, 'read-model.db')}`,
  STANCE_FEED_STORE_URL: `sqlite:${join(folder, 'feed.db')}`,
  STANCE_WEBHOOKS_URL: `sqlite:${join(folder, 'webhooks.db')}`,
  STANCE_LOG_LEVEL: 'warn',
  STANCE_SEED: 'none',
});

/** Starts the program; `through` is a command that it is started by. */
export const startProgram = (
  environment: Readonly<Record<string, string>>,
  options: { readonly through?: readonly string[]; readonly uid?: number } = {},
): Started => {
  const [command, ...args] = [...(options.through ?? []), process.execPath, main];
  const child = spawn(command ?? process.execPath, args, {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  let out = '';
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code: code as number | null, out, err }));
  const address = new Promise<string>((listening, failed) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const [, found] = /^Stance tracker listens on (\S+)\n/.exec(out) ?? [];
      if (found !== undefined) listening(found);
    });
    ended.then(() => failed(new Error(`the service ended before it listened: ${err}`)), failed);
  });
  // Who waits for the end alone is not to be disturbed.
  address.catch(() => undefined);
  return { child, address, ended, log: () => err };
};

/** Starts the service on new files, or on those in a folder, and waits until it listens. */
export const startService = async (
  environment: Readonly<Record<string, string>> = {},
  options: { readonly folder?: string; readonly through?: readonly string[] } = {},
): Promise<Service> => {
  const folder = options.folder ?? (await newFolder());
  const started = startProgram({ ...environmentIn(folder), ...environment }, options);
  const baseUrl = await started.address;
  return {
    baseUrl,
    port: Number(new URL(baseUrl).port),
    pid: started.child.pid ?? 0,
    events: join(folder, 'events.db'),
    log: started.log,
    stop: async () => {
      started.child.kill('SIGTERM');
      await started.ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
