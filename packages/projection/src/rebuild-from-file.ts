import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import { ProjectionError } from './errors.ts';
import type { Rebuilt, RebuildOptions } from './rebuild.ts';
import type { FromRebuildThread, RebuildThreadOptions } from './rebuild-thread.ts';

export interface RebuildFromFileOptions extends Omit<RebuildOptions, 'source'> {
  /** Of the event store's SQLite file. */
  readonly eventStorePath: string;
}

interface Bounds {
  readonly maxOldGenerationSizeMb: number;
  readonly maxYoungGenerationSizeMb: number;
}

/** Events come and go in batches: without a bound, what they leave behind would be most of the memory in use. */
const usual: Bounds = { maxOldGenerationSizeMb: 88, maxYoungGenerationSizeMb: 28 };
/** A history of very many statements that has to be folded whole takes more. */
const ample: Bounds = { maxOldGenerationSizeMb: 4096, maxYoungGenerationSizeMb: 64 };

const outOfMemory = 'ERR_WORKER_OUT_OF_MEMORY';

const rebuildWithin = (resourceLimits: Bounds, options: RebuildFromFileOptions): Promise<Rebuilt> => {
  const { eventStorePath, path, method, upTo = null, stopsAtPoisonBut = null, onProgress, signal } = options;
  signal?.throwIfAborted();
  const workerData: RebuildThreadOptions = { eventStorePath, path, method, upTo, stopsAtPoisonBut };
  // The extension is that of this file: `.ts` as developed, `.js` as built.
  const worker = new Worker(new URL(`./rebuild-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData,
    resourceLimits,
  });
  const giveUp = (): void => {
    worker.postMessage('stop');
  };
  signal?.addEventListener('abort', giveUp, { once: true });

  return new Promise<Rebuilt>((resolve, reject) => {
    worker.on('message', (message: FromRebuildThread) => {
      if (message.kind === 'progress') onProgress?.(message.position);
      else if (message.kind === 'done') resolve(message.rebuilt);
      else if (signal?.aborted === true) reject(signal.reason as Error);
      else {
        const { code, retryable } = message;
        reject(new ProjectionError(code ?? 'rebuild-failed', message.message, { name: message.name, retryable }));
      }
    });
    worker.on('error', (cause: Error) => {
      const code = 'code' in cause && cause.code === outOfMemory ? outOfMemory : 'rebuild-failed';
      reject(new ProjectionError(code, `the rebuild ended with an error: ${cause.message}`, { cause }));
    });
    worker.on('exit', (code) => {
      reject(new ProjectionError('rebuild-failed', `the rebuild's thread ended with code ${String(code)}`));
    });
  }).finally(() => {
    signal?.removeEventListener('abort', giveUp);
  });
};

/**
 * `rebuild` from an event store in a file, in threads of its own and within bounded memory: the caller's thread stays
 * free. Where a single history is too large for the bound, it begins again with another one.
 *
 * @throws ProjectionError with the code of the ReadModelError or EventStoreError; `rebuild-failed` for anything else; the
 *   signal's reason.
 */
export const rebuildFromFile = async (options: RebuildFromFileOptions): Promise<Rebuilt> => {
  try {
    return await rebuildWithin(usual, options);
  } catch (error) {
    if (!(error instanceof ProjectionError) || error.code !== outOfMemory) throw error;
    return rebuildWithin(ample, options);
  }
};
