import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import { ProjectorError } from './errors.ts';
import { faultOf } from './messages.ts';
import type { VersionStatus } from './versions/version-command.ts';
import type {
  AnswerTo,
  CommandAnswer,
  Fault,
  FromWorker,
  ProjectionCommand,
  Progress,
  ToWorker,
  WorkerOptions,
} from './messages.ts';

export interface WorkerEvents {
  onStandingBy(): void;
  onSource(fault: Fault | null): void;
  onReady(progress: Progress): void;
  onProgress(progress: Progress): void;
  onVersions(versions: readonly VersionStatus[]): void;
  onRetry(fault: Fault, delay: number): void;
  /** The thread has ended, asked to (`fault` is `null`) or not. */
  onEnd(fault: Fault | null): void;
}

/** The projector's thread, seen from outside. */
export interface WorkerThread {
  notifyHead(position: number): void;
  /** @throws ProjectorError with the code of what kept it from that; `projector-not-at-work` where it does not project. */
  ask<Command extends ProjectionCommand>(command: Command): Promise<AnswerTo<Command>>;
  /** Lets it finish the batch at hand; past the deadline (milliseconds) it is ended where it is. */
  stop(deadline: number): Promise<void>;
}

export const errorOf = ({ code, message, name, retryable }: Fault): ProjectorError =>
  new ProjectorError(code, message, { name, retryable });

/** What one is told who asks a projector whose thread is not there. */
export const notAtWork = (): ProjectorError =>
  new ProjectorError('projector-not-at-work', 'this projector is not at work: its thread has ended', {
    retryable: true,
  });

export const startWorkerThread = (options: WorkerOptions, events: WorkerEvents): WorkerThread => {
  // The extension is that of this file: `.ts` as developed, `.js` as built.
  const worker = new Worker(new URL(`./projector-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: options,
  });
  const ended = Promise.withResolvers<void>();
  const asked = new Map<number, PromiseWithResolvers<CommandAnswer>>();
  let lastId = 0;
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
      case 'versions':
        events.onVersions(message.versions);
        break;
      case 'retrying':
        events.onRetry(message.fault, message.delay);
        break;
      case 'answered':
        asked.get(message.id)?.resolve(message.answer);
        asked.delete(message.id);
        break;
      case 'refused':
        asked.get(message.id)?.reject(errorOf(message.fault));
        asked.delete(message.id);
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
    for (const { reject } of asked.values()) reject(notAtWork());
    asked.clear();
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
    ask(command) {
      const answer = Promise.withResolvers<CommandAnswer>();
      lastId += 1;
      asked.set(lastId, answer);
      send({ kind: 'command', id: lastId, command });
      // The thread answers each command with what belongs to it.
      return answer.promise as Promise<AnswerTo<typeof command>>;
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
