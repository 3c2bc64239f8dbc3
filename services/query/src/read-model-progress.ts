import { setTimeout as delay } from 'node:timers/promises';

import type { EventStore } from '@stance/event-store';
import type { ReadModel } from '@stance/read-model';

import type { Progress } from './query-options.ts';

/** What the read model is as far as was last seen. */
export interface Seen {
  readonly position: number;
  /** The stamp of the event at that position, in milliseconds since the epoch. */
  readonly recordedAt: number;
  readonly parkedStreams: number;
}

export interface ReadModelProgress extends Progress {
  /** The last position of the log that it has heard of. */
  lastHead(): number;
  seen(): Seen;
  /** For how long the log has been ahead of the read model, in seconds; 0 where it is not. */
  lagSeconds(): number;
  /** Why the read model cannot be looked at now; `null` where it can. */
  fault(): Error | null;
  /** Ends the looking; who waits is told that the position was not passed. */
  close(): Promise<void>;
}

export interface ReadModelProgressOptions {
  readonly readModel: Pick<ReadModel, 'read'>;
  readonly eventStore: Pick<EventStore, 'head' | 'headAt' | 'onHead'>;
  /** Resolves after so many milliseconds, or once the signal is aborted. */
  readonly rest?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds that only grow. */
  readonly clock?: () => number;
}

/** How often the read model is looked at while somebody waits, and else, in milliseconds. */
const hurried = 15;
const unhurried = 250;
/** After a failure, at most. */
const longestPause = 2000;

const restFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  // Aborted, it has rested long enough.
  delay(milliseconds, undefined, { signal }).catch(() => undefined);

/**
 * How far the projection has come, for a process that does not run it: by looking at the read model again and again, once
 * for all who wait.
 *
 * @throws ReadModelError, EventStoreError where they cannot be read at the start.
 */
export const createReadModelProgress = async (options: ReadModelProgressOptions): Promise<ReadModelProgress> => {
  const { readModel, eventStore, rest = restFor, clock = () => performance.now() } = options;
  const closing = new AbortController();
  const waiters = new Set<{ readonly position: number; readonly passed: (passed: boolean) => void }>();
  let waking = new AbortController();
  let head = await eventStore.head();
  const headAtStart = head;
  let seen: Seen = { position: 0, recordedAt: 0, parkedStreams: 0 };
  let behindSince: number | null = null;
  let fault: Error | null = null;

  const compare = (): void => {
    if (seen.position >= head) behindSince = null;
    else behindSince ??= clock();
  };

  const look = async (): Promise<void> => {
    seen = await readModel.read(async (snapshot) => {
      const { position, recordedAt } = snapshot.checkpoint;
      return { position, recordedAt, parkedStreams: await snapshot.parkedStreams() };
    });
    head = Math.max(head, seen.position);
    compare();
    for (const { position, passed } of waiters) if (position <= seen.position) passed(true);
  };

  await look();
  const endHead = eventStore.onHead((next) => {
    head = Math.max(head, next);
    compare();
  });

  const run = async (): Promise<void> => {
    let pause = hurried;
    while (!closing.signal.aborted) {
      waking = new AbortController();
      const until = fault !== null ? pause : waiters.size > 0 ? hurried : unhurried;
      // Who begins to wait does not wait for a long rest to be over, a failure's apart.
      await rest(until, fault === null ? AbortSignal.any([closing.signal, waking.signal]) : closing.signal);
      if (closing.signal.aborted) return;
      try {
        await look();
        fault = null;
        pause = hurried;
      } catch (error) {
        fault = error instanceof Error ? error : new Error(String(error));
        pause = Math.min(pause * 2, longestPause);
      }
    }
  };
  const running = run();

  return {
    head: async () => {
      head = Math.max(head, await eventStore.head());
      return head;
    },
    lastHead: () => head,
    headAtStart,
    headAt: (instant) => eventStore.headAt(instant),
    position: () => seen.position,
    seen: () => seen,
    lagSeconds: () => (behindSince === null ? 0 : (clock() - behindSince) / 1000),
    fault: () => fault,
    whenPassed: (position, { timeoutMs, signal }) => {
      if (position <= seen.position) return Promise.resolve(true);
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        const finish = (): void => {
          waiters.delete(waiter);
          clearTimeout(timer);
          signal.removeEventListener('abort', aborted);
        };
        const waiter = {
          position,
          passed: (passed: boolean): void => {
            finish();
            resolve(passed);
          },
        };
        const aborted = (): void => {
          finish();
          reject(signal.reason instanceof Error ? signal.reason : new Error('the wait was given up'));
        };
        const timer = setTimeout(() => waiter.passed(false), timeoutMs);
        signal.addEventListener('abort', aborted);
        waiters.add(waiter);
        waking.abort();
      });
    },
    close: async () => {
      endHead();
      closing.abort();
      for (const { passed } of waiters) passed(false);
      await running;
    },
  };
};
