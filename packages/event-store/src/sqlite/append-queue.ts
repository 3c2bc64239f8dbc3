import type { AppendRequest, AppendResult } from '../event-store.ts';
import { decodeResults, encodeBatch } from './batch.ts';
import type { WriterThread } from './start-writer.ts';

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
  const calls: Call[] = [];
  let underWay = 0;
  let scheduled = false;
  let restarting = false;
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
    if (thread.ended && calls.length > 0) {
      void replaceThread();
      return;
    }
    while (underWay < batchesUnderWay && calls.length > 0) void send(takeBatch());
    if (underWay === 0 && calls.length === 0) drained?.();
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

  async function send(batch: readonly Call[]): Promise<void> {
    underWay += 1;
    try {
      const requests = batch.flatMap((call) => call.requests);
      const { results, head } = await thread.append(encodeBatch(requests, clock()));
      const decoded = decodeResults(results);
      let start = 0;
      for (const call of batch) {
        call.resolve(decoded.slice(start, start + call.requests.length));
        start += call.requests.length;
      }
      onHead(head);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      underWay -= 1;
      schedule();
    }
  }

  async function replaceThread(): Promise<void> {
    restarting = true;
    try {
      thread = await restart();
      onHead(thread.head);
    } catch (error) {
      for (const { reject } of calls.splice(0)) reject(error);
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
