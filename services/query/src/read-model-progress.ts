import type { ReadModel } from '@stance/read-model';
import type { Passed } from '@stance/service';

import type { Progress } from './query-options.ts';

export interface ReadModelProgressOptions {
  /** As it fails: a failure is told by `fault`. */
  readonly readModel: Pick<ReadModel, 'read'>;
  /** The log, as the event store has it. */
  readonly log: {
    logId(): Promise<string | null>;
    head(): Promise<number>;
    headAt(instant: number): Promise<number | null>;
  };
}

/** How far a read model is that another process brings up to the log. */
export interface ReadModelProgress extends Progress {
  /** How far it was when it was looked at last. */
  seen(): Passed;
  /** Why the read model could not be asked when it was asked last; `null` where it could. */
  fault(): Error | null;
  /** Asks no more, and tells those who wait that it has not passed. */
  stop(): void;
}

/** Milliseconds between two looks: while somebody waits for a position, and else. */
const whileAwaited = 20;
const otherwise = 250;
/** The first pause after a look that failed, and the one that pauses double up to. */
const shortestPause = 250;
const longestPause = 5000;

interface Waiter {
  readonly position: number;
  readonly settle: (passed: boolean) => void;
}

/**
 * Looks again and again how far the read model is, once for all who wait. Where it cannot be read, what was seen last holds,
 * and it goes on looking, more and more seldom.
 *
 * @throws the log's error where its head cannot be had: then nobody knows what has to be passed before the first answer.
 */
export const createReadModelProgress = async ({
  readModel,
  log,
}: ReadModelProgressOptions): Promise<ReadModelProgress> => {
  const headAtStart = await log.head();
  const waiting = new Set<Waiter>();
  let seen: Passed = { position: 0, recordedAt: 0 };
  let fault: Error | null = null;
  let pause = shortestPause;
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let lookedAt = 0;
  let stopped = false;

  const lookIn = (milliseconds: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void look(), milliseconds);
  };

  const look = async (): Promise<void> => {
    looking = true;
    lookedAt = performance.now();
    try {
      seen = await readModel.read((snapshot) => Promise.resolve(snapshot.checkpoint));
      fault = null;
      pause = shortestPause;
      for (const { position, settle } of waiting) if (position <= seen.position) settle(true);
    } catch (error) {
      fault = error instanceof Error ? error : new Error(String(error));
    }
    looking = false;
    if (fault === null) lookIn(waiting.size > 0 ? whileAwaited : otherwise);
    else {
      lookIn(pause);
      pause = Math.min(pause * 2, longestPause);
    }
  };

  await look();

  return {
    headAtStart,
    logId: () => log.logId(),
    head: () => log.head(),
    headAt: (instant) => log.headAt(instant),
    position: () => seen.position,
    seen: () => seen,
    fault: () => fault,
    whenPassed(position, { timeoutMs, signal }) {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      if (position <= seen.position || stopped) return Promise.resolve(position <= seen.position);
      return new Promise((resolve, reject) => {
        const end = (): void => {
          waiting.delete(waiter);
          clearTimeout(late);
          signal.removeEventListener('abort', aborted);
        };
        const aborted = (): void => {
          end();
          reject(signal.reason as Error);
        };
        const waiter: Waiter = {
          position,
          settle: (passed) => {
            end();
            resolve(passed);
          },
        };
        const late = setTimeout(() => {
          waiter.settle(false);
        }, timeoutMs);
        signal.addEventListener('abort', aborted);
        waiting.add(waiter);
        // One who comes between two looks need not wait for the second as long as nobody waits.
        if (!looking && fault === null && waiting.size === 1) {
          lookIn(Math.max(0, lookedAt + whileAwaited - performance.now()));
        }
      });
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      for (const { settle } of waiting) settle(false);
    },
  };
};
