import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { VersionProgress } from '@stance/projection';

import { faultOf } from '../messages.ts';
import type { Fault } from '../messages.ts';
import type { BuilderOptions, FromBuilder } from './builder-messages.ts';

export interface BuilderEvents {
  onProgress(progress: VersionProgress): void;
  onRetry(fault: Fault): void;
  /** It ended by itself. */
  onEnd(fault: Fault | null): void;
}

/** A thread that makes a version ready, and has it follow the log. */
export interface Builder {
  readonly version: number;
  /** Has it end between two batches: all that it wrote stays. */
  stop(): Promise<void>;
}

/** Without a bound, what batches leave behind would be most of the memory in use. */
const usual = { maxOldGenerationSizeMb: 88, maxYoungGenerationSizeMb: 28 };
/** A history of very many statements that has to be folded whole takes more. */
const ample = { maxOldGenerationSizeMb: 4096, maxYoungGenerationSizeMb: 64 };

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

export const startBuilder = (options: BuilderOptions, events: BuilderEvents): Builder => {
  let stopped = false;
  const ended = Promise.withResolvers<void>();
  let worker: Worker;

  const start = (resourceLimits: typeof usual): void => {
    // The extension is that of this file: `.ts` as developed, `.js` as built.
    worker = new Worker(new URL(`./builder-thread${extname(import.meta.url)}`, import.meta.url), {
      workerData: options,
      resourceLimits,
    });
    let fault: Fault | null = null;
    let again = false;
    worker.on('message', (message: FromBuilder) => {
      if (message.kind === 'progress') events.onProgress(message.progress);
      else if (message.kind === 'retrying') events.onRetry(message.fault);
      else ({ fault } = message);
    });
    worker.on('error', (error) => {
      again = isOutOfMemory(error) && resourceLimits === usual;
      fault = faultOf(error);
    });
    worker.on('exit', () => {
      if (again && !stopped) {
        start(ample);
        return;
      }
      ended.resolve();
      if (!stopped) events.onEnd(fault);
    });
  };
  start(usual);

  return {
    version: options.version,
    async stop() {
      stopped = true;
      worker.postMessage('stop');
      await ended.promise;
    },
  };
};
