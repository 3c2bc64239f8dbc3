import { parentPort, workerData } from 'node:worker_threads';

import type { Method } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';

import { rebuild } from './rebuild.ts';
import type { Rebuilt } from './rebuild.ts';

export interface RebuildThreadOptions {
  readonly eventStorePath: string;
  readonly path: string;
  readonly method: Method;
  readonly upTo: number | null;
  readonly stopsAtPoisonBut: ReadonlySet<string> | null;
}

export type FromRebuildThread =
  | { readonly kind: 'progress'; readonly position: number }
  | { readonly kind: 'done'; readonly rebuilt: Rebuilt }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly code: string | null;
      readonly message: string;
      readonly retryable: boolean;
    };

/** Any message asks it to stop. */
const stopping = new AbortController();
parentPort?.on('message', () => {
  stopping.abort(new Error('the rebuild was given up'));
});

const send = (message: FromRebuildThread): void => {
  parentPort?.postMessage(message);
};

// Whoever starts the thread hands over exactly this.
const { eventStorePath, path, method, upTo, stopsAtPoisonBut } = workerData as RebuildThreadOptions;
try {
  const source = await openSqliteEventLogReader({ path: eventStorePath });
  try {
    const rebuilt = await rebuild({
      source,
      path,
      method,
      ...(upTo === null ? {} : { upTo }),
      ...(stopsAtPoisonBut === null ? {} : { stopsAtPoisonBut }),
      onProgress: (position) => {
        send({ kind: 'progress', position });
      },
      signal: stopping.signal,
    });
    send({ kind: 'done', rebuilt });
  } finally {
    await source.close();
  }
} catch (error) {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  send({
    kind: 'failed',
    name: error instanceof Error ? error.name : 'Error',
    code,
    message: error instanceof Error ? error.message : String(error),
    retryable: error instanceof Error && 'retryable' in error && error.retryable === true,
  });
} finally {
  parentPort?.close();
}
