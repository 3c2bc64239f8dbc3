import { EventStoreError } from '../errors.ts';
import type { AppendRequest, AppendResult } from '../event-store.ts';
import { createRunningClock } from '../running-clock.ts';
import { decodeResults, encodeBatch } from './batch.ts';
import type { WriterThread } from './start-writer.ts';
import type { LogState } from './writer-messages.ts';

/** One batch is being written while the next one is on its way, so that the writer never waits for this thread. */
const batchesUnderWay = 2;

/** Calls are put together up to this many requests; a single call is never split, so that it succeeds or fails as one. */
const requestsPerBatch = 2000;

interface Call {
  readonly requests: readonly AppendRequest[];
  readonly resolve: (results: AppendResult[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Calls on their way to the writer's thread: those that come in while it writes go together in the next batch. */
export interface AppendQueue {
  append(requests: readonly AppendRequest[]): Promise<AppendResult[]>;
  /**
   * Whether nothing more can be stamped at an instant or before; waits for what is under way and may be. What was not sent
   * yet will be stamped later.
   */
  hasPassed(instant: number): Promise<boolean>;
  /** Lets what was handed in finish, calls `beforeEnd`, then ends the thread. */
  close(beforeEnd: () => Promise<void>): Promise<void>;
}

export interface AppendQueueOptions {
  readonly first: WriterThread;
  /** Starts another thread after one has ended by itself. */
  readonly restart: () => Promise<WriterThread>;
  readonly clock: () => number;
  /** Called with the head a thread starts with, and after each batch that is durable. */
  readonly onHead: (head: number) => void;
}

export function createAppendQueue({ first, restart, clock, onHead }: AppendQueueOptions): AppendQueue {
  let thread = first;
  let { recordedAt } = first.state;
  const now = createRunningClock(clock);
  const calls: Call[] = [];
  const underWay = new Set<{ readonly stamp: number; readonly answered: Promise<void> }>();
  let scheduled = false;
  let restarting = false;
  let removed: EventStoreError | undefined;
  let drained: (() => void) | undefined;

  /** Waits for the end of this turn of the event loop: what comes in together, goes together. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      flush();
    });
  }

  function flush(): void {
    if (restarting) return;
    // Nothing can be recorded here any more, by no thread: that of another file would not go on where this one ended.
    if (removed !== undefined) for (const { reject } of calls.splice(0)) reject(removed);
    if (thread.ended && calls.length > 0) {
      void replaceThread();
      return;
    }
    while (underWay.size < batchesUnderWay && calls.length > 0) send(takeBatch());
    if (underWay.size === 0 && calls.length === 0) drained?.();
  }

  function takeBatch(): readonly Call[] {
    let requests = 0;
    let count = 0;
    while (count < calls.length && (count === 0 || requests < requestsPerBatch)) {
      requests += calls[count]?.requests.length ?? 0;
      count += 1;
    }
    return calls.splice(0, count);
  }

  function send(batch: readonly Call[]): void {
    const stamp = now();
    const sent = { stamp, answered: write(batch, stamp) };
    underWay.add(sent);
    void sent.answered.then(() => {
      underWay.delete(sent);
      schedule();
    });
  }

  /** Never rejects: those who called are told. */
  async function write(batch: readonly Call[], stamp: number): Promise<void> {
    try {
      const requests = batch.flatMap((call) => call.requests);
      const { results, state } = await thread.append(encodeBatch(requests, stamp));
      const decoded = decodeResults(results);
      let start = 0;
      for (const call of batch) {
        call.resolve(decoded.slice(start, start + call.requests.length));
        start += call.requests.length;
      }
      stands(state);
    } catch (error) {
      failed(batch, error);
    }
  }

  function failed(called: readonly Call[], error: unknown): void {
    if (error instanceof EventStoreError && error.code === 'event-store-removed') removed = error;
    for (const { reject } of called) reject(error);
  }

  function stands(state: LogState): void {
    ({ recordedAt } = state);
    onHead(state.head);
  }

  async function replaceThread(): Promise<void> {
    restarting = true;
    try {
      thread = await restart();
      stands(thread.state);
    } catch (error) {
      failed(calls.splice(0), error);
    } finally {
      restarting = false;
      schedule();
    }
  }

  return {
    append(requests) {
      return new Promise((resolve, reject) => {
        calls.push({ requests, resolve, reject });
        schedule();
      });
    },
    async hasPassed(instant) {
      if (instant >= Math.max(recordedAt, now())) return false;
      await Promise.all([...underWay].filter(({ stamp }) => stamp <= instant).map(({ answered }) => answered));
      return true;
    },
    async close(beforeEnd) {
      await new Promise<void>((resolve) => {
        drained = resolve;
        schedule();
      });
      await beforeEnd();
      await thread.close();
    },
  };
}
