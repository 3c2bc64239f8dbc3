import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const main = resolve(import.meta.dirname, '../../../services/standalone/src/main.ts');

/** Where the service keeps what it knows. */
export interface ServiceFiles {
  readonly events: string;
  readonly readModel: string;
  readonly feed: string;
}

/** The real service as a process of its own. */
export interface ServiceProcess {
  readonly baseUrl: string;
  /** How long it took until it was ready, in milliseconds. */
  readonly startedInMs: number;
  /** `kill -9`; to be called from anywhere, more than once. */
  kill(): void;
  /** Asks it to stop, as an operator would. */
  stop(): void;
  /** Resolves when the process is gone, with its exit code or the signal that ended it. */
  readonly gone: Promise<number | NodeJS.Signals>;
}

export const filesIn = (folder: string): ServiceFiles => ({
  events: join(folder, 'events.db'),
  readModel: join(folder, 'read-model.db'),
  feed: join(folder, 'feed.db'),
});

/**
 * Starts the service on these files and waits until it says that it is ready.
 *
 * @throws Error with what it wrote, where it ends before that.
 */
export const startService = async ({ events, readModel, feed }: ServiceFiles): Promise<ServiceProcess> => {
  const start = performance.now();
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      // Whichever is free when it starts: one that was looked for before might be another's by then.
      STANCE_PORT: '0',
      STANCE_EVENT_STORE_URL: `sqlite:${events}`,
      STANCE_READ_MODEL_URL: `sqlite:${readModel}`,
      STANCE_FEED_STORE_URL: `sqlite:${feed}`,
      STANCE_LOG_LEVEL: 'warn',
      STANCE_SEED: 'none',
      STANCE_WEBHOOKS_ALLOW: '127.0.0.1',
      STANCE_REQUESTS_PER_SECOND: '1000000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written = (written + text).slice(-10_000);
    });
  }
  const gone = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals | null)[]) => signal ?? code ?? 0);
  const ended = new AbortController();
  void gone.then(() => ended.abort());
  const address = (): string | undefined => /listens on (http:\S+)/.exec(written)?.[1];
  for (let at = address(); at === undefined || !(await isReady(at)); at = address()) {
    if (ended.signal.aborted) throw new Error(`the service ended before it was ready:\n${written}`);
    await delay(10);
  }
  const baseUrl = address() ?? '';
  return {
    baseUrl,
    startedInMs: performance.now() - start,
    kill: () => {
      child.kill('SIGKILL');
    },
    stop: () => {
      child.kill('SIGTERM');
    },
    gone,
  };
};

const isReady = async (baseUrl: string): Promise<boolean> => {
  const answer = await fetch(`${baseUrl}/readyz`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok === true;
};
