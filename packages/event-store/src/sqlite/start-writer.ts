import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import { EventStoreError } from '../errors.ts';
import type { Batch, BatchResults } from './batch.ts';
import type { FileIdentity } from './opened-file.ts';
import type { FromWriter, LogState, ToWriter, WriterOptions } from './writer-messages.ts';

/** What the writer's thread says once a batch is durable. */
export interface BatchAnswer {
  readonly results: BatchResults;
  readonly state: LogState;
}

/** The writer's thread, seen from outside. */
export interface WriterThread {
  /** Where the log stood when it started. */
  readonly state: LogState;
  /** The file that it has opened. */
  readonly file: FileIdentity | undefined;
  /** Whether it has ended, by itself or by `close`: it answers nothing any more. */
  readonly ended: boolean;
  /** Hands a batch in; those handed in later are written later. */
  append(batch: Batch): Promise<BatchAnswer>;
  /** Lets it finish what was handed in, and release the file. */
  close(): Promise<void>;
  /** Ends it at once, wherever it is. */
  terminate(): Promise<void>;
}

/**
 * Starts the writer's thread on a file, and waits until it can take batches. Where `file` is given, that one and no other
 * has to stand at the path.
 *
 * @throws EventStoreError why it could not.
 */
export async function startWriter(path: string, file?: FileIdentity): Promise<WriterThread> {
  // The extension is that of this file: `.ts` as developed, `.js` as built.
  const worker = new Worker(new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: { path, file } satisfies WriterOptions,
  });
  const started = Promise.withResolvers<Extract<FromWriter, { kind: 'ready' }>>();
  const exited = Promise.withResolvers<void>();
  const waiting: PromiseWithResolvers<BatchAnswer>[] = [];
  let crash: unknown;
  let ended = false;

  worker.on('message', (message: FromWriter) => {
    switch (message.kind) {
      case 'ready':
        started.resolve(message);
        break;
      case 'appended':
        waiting.shift()?.resolve(message);
        break;
      case 'failed': {
        const { code, message: text, retryable, cause } = message;
        // Before it is ready there is none that waits, but for the one who starts it.
        const first = waiting.shift() ?? started;
        first.reject(new EventStoreError(code, text, { retryable, cause }));
        break;
      }
    }
  });
  worker.on('error', (error) => {
    crash = error;
  });
  worker.on('exit', () => {
    ended = true;
    const unknown = new EventStoreError(
      'event-store-unavailable',
      `${path}: the writer ended before it answered, so that the outcome is unknown: send the request again with the same event ids`,
      { retryable: true, cause: crash },
    );
    for (const { reject } of [started, ...waiting.splice(0)]) reject(unknown);
    exited.resolve();
  });

  function send(message: ToWriter): void {
    worker.postMessage(message, []);
  }

  let ready: Awaited<typeof started.promise>;
  try {
    ready = await started.promise;
  } catch (error) {
    // It has released the file then, so that one who tries again does not meet it.
    await exited.promise;
    throw error;
  }

  return {
    state: ready.state,
    file: ready.file,
    get ended() {
      return ended;
    },
    append(batch) {
      const answer = Promise.withResolvers<BatchAnswer>();
      waiting.push(answer);
      send({ kind: 'append', batch });
      return answer.promise;
    },
    async close() {
      if (!ended) send({ kind: 'close' });
      await exited.promise;
    },
    async terminate() {
      await worker.terminate();
    },
  };
}
