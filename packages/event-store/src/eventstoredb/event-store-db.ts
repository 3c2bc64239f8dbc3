import { checkReadAll, checkReadStream, checkRequests } from '../check-arguments.ts';
import { EventStoreError } from '../errors.ts';
import type { AppendRequest, EventStore } from '../event-store.ts';
import { createRunningClock } from '../running-clock.ts';
import { createRequestAppender } from './append-request.ts';
import { rest as realRest, type Rest } from './backoff.ts';
import { createConnection } from './connection.ts';
import { followLog, type FollowedLog, type FollowOptions } from './follow.ts';
import { createHeadWatch } from './head-watch.ts';
import { createLogReads } from './log-reads.ts';
import { parseServerUrl } from './server-url.ts';
import { checkServerVersion } from './server-version.ts';
import { checkEventIds } from './stored-form.ts';
import { createTurns } from './turns.ts';

/** How long after it failed an append of unknown outcome may still reach the log, in milliseconds. */
const unknownLateMs = 60_000;

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113`, or `esdb://host:2113?tls=false` for a server without TLS. */
  readonly url: string;
  /**
   * What the names of all its streams start with on the server, where that has other streams too. Left out, all streams but
   * those of the server itself are taken for its own.
   */
  readonly streamPrefix?: string;
  /** Whole milliseconds since the epoch; the machine's clock where left out. */
  readonly clock?: () => number;
  /** For one attempt of a call, in milliseconds; 5,000 where left out. */
  readonly deadlineMs?: number;
  /** How often a request is sent before its outcome is left open; 6 where left out. */
  readonly attempts?: number;
  /** How many appends are under way at once; 64 where left out. */
  readonly appendsAtOnce?: number;
  /**
   * How long after it was stamped an append of another process can still reach the log, in milliseconds: a minute where left
   * out, 0 where no other process writes.
   */
  readonly othersLateMs?: number;
  /** How pauses between attempts are waited out; by the machine's timers where left out. */
  readonly rest?: Rest;
  /** From 0 up to but not including 1; `Math.random` where left out. */
  readonly random?: () => number;
}

/** An event store on an EventStoreDB server. */
export interface EventStoreDb extends EventStore {
  /**
   * The log from a position on, as one sequence that goes on for ever. One at a time for each event store: who else wants
   * the events is given them by whoever follows, since a server carries only so many subscriptions.
   *
   * @throws EventStoreError `event-store-closed`; `event-store-in-use` where it is followed already.
   */
  follow(options: FollowOptions): FollowedLog;
}

/**
 * Opens an event store on a server, and sees that it can be reached, is new enough and lets itself be read.
 *
 * @throws EventStoreError `event-store-misconfigured`, `event-store-unavailable`, `event-store-denied`,
 *   `event-store-too-old`, `event-store-foreign-file`.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDb> {
  const { streamPrefix = '', deadlineMs = 5000, attempts = 6, appendsAtOnce = 64, othersLateMs = 60_000 } = options;
  const { clock = Date.now, rest = realRest, random = Math.random } = options;
  const server = parseServerUrl(options.url);
  if (streamPrefix.startsWith('$')) {
    const what = 'names of streams that start with $ are the server\u2019s own';
    throw new EventStoreError('event-store-misconfigured', `${server.place}: ${what}`);
  }
  const connection = createConnection(server);
  const now = createRunningClock(clock);
  const reads = createLogReads({ connection, streamPrefix, deadlineMs });
  const appendRequest = createRequestAppender({
    connection,
    streamPrefix,
    deadlineMs,
    attempts,
    // In all longer than the second for which gRPC does not try a host again that refused it.
    backoff: { first: 100, most: 2000, random },
    rest,
    readStream: reads.readStream,
  });
  const following = { connection, streamPrefix, backoff: { first: 100, most: 30_000, random }, rest, clock };
  const turns = createTurns(appendsAtOnce);
  const underWay = new Set<{ readonly stamp: number; readonly done: Promise<unknown> }>();
  const ending = new AbortController();
  let followed = false;
  let closing: Promise<void> | undefined;
  /** The highest stamp that is known to be in the log. */
  let recordedAt = Number.NEGATIVE_INFINITY;
  /** Until when an append of this process whose outcome is unknown may still reach the log. */
  let openUntil = Number.NEGATIVE_INFINITY;

  const watch = createHeadWatch({
    follow: (after, signal) => followLog(following, { after, signal }),
    lastAfter: reads.lastAfter,
    onEvent: (event) => (recordedAt = Math.max(recordedAt, event.recordedAt)),
  });
  try {
    await checkServerVersion(connection, deadlineMs);
    await watch.head();
  } catch (error) {
    connection.close();
    throw error;
  }

  function checkOpen(): void {
    if (closing !== undefined)
      throw new EventStoreError('event-store-closed', `${server.place}: the event store is closed`);
  }

  async function appendAll(requests: readonly AppendRequest[], stamp: number) {
    // Waits for all, failed or not: whoever is told of a failure may take it that nothing is under way any more.
    const settled = await Promise.allSettled(
      requests.map((request) => turns.take(request.stream, () => appendRequest(request, stamp))),
    );
    const results = settled.map((one) => {
      if (one.status === 'rejected') {
        openUntil = now() + unknownLateMs;
        throw one.reason;
      }
      return one.value;
    });
    for (const result of results) {
      if (result.outcome !== 'appended') continue;
      recordedAt = Math.max(recordedAt, stamp);
      watch.moved(result.position);
    }
    return results;
  }

  async function close(): Promise<void> {
    await Promise.allSettled([...underWay].map(({ done }) => done));
    ending.abort();
    watch.close();
    connection.close();
  }

  return {
    async append(requests) {
      checkOpen();
      checkRequests(requests);
      for (const { stream, events } of requests) {
        if (streamPrefix === '' && stream.startsWith('$'))
          throw new RangeError(`${stream}: such names are the server's own`);
        checkEventIds(events);
      }
      const stamp = Math.max(recordedAt, now());
      const entry = { stamp, done: appendAll(requests, stamp) };
      underWay.add(entry);
      try {
        return await entry.done;
      } finally {
        underWay.delete(entry);
      }
    },
    async readStream(stream, { from = 0, limit } = {}) {
      checkOpen();
      checkReadStream(from, limit);
      return reads.readStream(stream, from, limit);
    },
    async readAll(readOptions) {
      checkOpen();
      checkReadAll(readOptions);
      return reads.readPage(readOptions);
    },
    async head() {
      checkOpen();
      return watch.head();
    },
    async headAt(instant) {
      checkOpen();
      if (instant >= Math.max(recordedAt, now())) return null;
      await Promise.allSettled([...underWay].filter(({ stamp }) => stamp <= instant).map(({ done }) => done));
      // Where the log has a higher stamp, whatever comes later counts as recorded no earlier than that one.
      const isSettled = (): boolean => recordedAt > instant || (instant < now() - othersLateMs && now() >= openUntil);
      const before = isSettled();
      const head = await watch.head();
      if (before) return head;
      // What settles it may stand behind that head, and something of the instant between them.
      return isSettled() ? watch.head() : null;
    },
    onHead(listener) {
      checkOpen();
      return watch.onHead(listener);
    },
    follow({ after, signal }) {
      checkOpen();
      if (followed) {
        throw new EventStoreError('event-store-in-use', `${server.place}: the log is followed already`);
      }
      followed = true;
      const ended = signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal]);
      const log = followLog(following, { after, signal: ended });
      return {
        status: log.status,
        async *[Symbol.asyncIterator]() {
          try {
            yield* log;
          } finally {
            followed = false;
          }
        },
      };
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
