import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Fault, FromWorker, Progress, ToWorker, WorkerOptions } from './messages.ts';
import { faultOf } from './messages.ts';

export interface WorkerEvents {
  onStandingBy(): void;
  onSource(fault: Fault | null): void;
  onReady(progress: Progress): void;
  onProgress(progress: Progress): void;
  onRetry(fault: Fault, delay: number): void;
  /** The thread has ended, asked to (`fault` is `null`) or not. */
  onEnd(fault: Fault | null): void;
}

/** The projector's thread, seen from outside. */
export interface WorkerThread {
  notifyHead(position: number): void;
  /** Lets it finish the batch at hand; past the deadline (milliseconds) it is ended where it is. */
  stop(deadline: number): Promise<void>;
}

export const startWorkerThread = (options: WorkerOptions, events: WorkerEvents): WorkerThread => {
  // The extension is that of this file: `.ts` as developed, `.js` as built.
  const worker = new Worker(new URL(`./projector-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: options,
  });
  const ended = Promise.withResolvers<void>();
  let stopped = false;
  let fault: Fault | null = null;

  worker.on('message', (message: FromWorker) => {
    switch (message.kind) {
      case 'standing-by':
        events.onStandingBy();
        break;
      case 'source':
        events.onSource(message.fault);
        break;
      case 'ready':
        events.onReady(message.progress);
        break;
      case 'progress':
        events.onProgress(message.progress);
        break;
      case 'retrying':
        events.onRetry(message.fault, message.delay);
        break;
      case 'failed':
        fault = message.fault;
        break;
    }
  });
  worker.on('error', (error) => {
    fault = faultOf(error);
  });
  worker.on('exit', (code) => {
    const unasked: Fault = {
      name: 'ProjectorError',
      code: 'projector-unavailable',
      message: `the projector's thread ended with code ${String(code)}`,
      retryable: true,
    };
    events.onEnd(fault ?? (stopped ? null : unasked));
    ended.resolve();
  });

  const send = (message: ToWorker): void => {
    worker.postMessage(message);
  };

  return {
    notifyHead(position) {
      send({ kind: 'head', position });
    },
    async stop(deadline) {
      stopped = true;
      send({ kind: 'stop' });
      const timer = setTimeout(() => void worker.terminate(), deadline);
      await ended.promise;
      clearTimeout(timer);
    },
  };
};
