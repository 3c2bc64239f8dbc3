import { createHeadListeners, type EventLog, type EventPage, type ReadAllOptions } from '@stance/event-store';

import type { JoinGroup, MemberListener } from './distribution.ts';
import { DistributionError, type DistributionErrorCode } from './errors.ts';
import { createMerge, type Merge } from './merge.ts';
import type { BufferLimits } from './partition-buffer.ts';

export interface OrderedLogOptions {
  readonly join: JoinGroup;
  /** Where the log comes from: holes are filled from it. It is not closed with the ordered log. */
  readonly store: Pick<EventLog, 'readAll' | 'head'>;
  /** How much is kept of a partition before it is asked to wait, a batch apart. */
  readonly limits?: BufferLimits;
  /**
   * Milliseconds after which an event that must be there, since one behind it is, is read from the store, though its
   * partition may yet bring it.
   */
  readonly patience?: number;
  /** What is wrong with the way that events come by; `null` once all is well. */
  readonly onFault?: (fault: OrderedLogFault | null) => void;
  /** Milliseconds. */
  readonly clock?: () => number;
}

export interface OrderedLogFault {
  readonly code: DistributionErrorCode;
  readonly message: string;
}

export interface OrderedLogStatus {
  /** `standby`: another member is the active one, or none is. */
  readonly state: 'active' | 'standby';
  /** What the member tries again, or why all is read from the store. */
  readonly fault: OrderedLogFault | null;
  /** Counts the times that this member became the active one, or was given partitions anew. */
  readonly generation: number;
  /** Events read from the store, since they did not come in. */
  readonly filled: number;
  /** Records that could not be read. */
  readonly unreadable: number;
  /** The highest position known. */
  readonly head: number;
  /** How many events the reader is behind what has been heard of; `null` where that is not known. */
  readonly lag: number | null;
}

/**
 * The log as it comes by way of the distribution, in its own order, each event once, nothing left out: to a reader it is the
 * store. Only the active member of the group reads; to others it looks as if nothing came in.
 */
export interface OrderedLog extends Pick<EventLog, 'readAll' | 'head' | 'close'> {
  /**
   * The events right after a position, up to the first that has not come in. An empty page whose position is `after` says
   * that there is nothing to read at the moment, not that the log ends there: {@link onHead} tells when to ask again, at
   * least once in a while. Says on the way that the reader has passed `after`: what stands up to there is forgotten.
   *
   * @throws DistributionError `distribution-closed`; EventStoreError where a hole cannot be filled.
   */
  readAll(options: ReadAllOptions): Promise<EventPage>;
  /** The highest position that is known of. @throws DistributionError `distribution-closed`; EventStoreError. */
  head(): Promise<number>;
  /** Calls `listener` with the head whenever there may be more to read; returns what ends that. */
  onHead(listener: (head: number) => void): () => void;
  status(): OrderedLogStatus;
  /**
   * Resolves once this member is the active one.
   *
   * @throws DistributionError `distribution-closed`; the reason of `signal` where that is aborted before.
   */
  whenActive(signal?: AbortSignal): Promise<void>;
  /** Leaves the group. Later calls fail with `distribution-closed`. */
  close(): Promise<void>;
}

/** The time from one assignment to the next. */
interface Term {
  readonly generation: number;
  readonly merge: Merge;
  /** Whether the topic has been found to hold the log of this store. */
  trust: 'unknown' | 'same-log' | 'other-log';
}

const ofAnotherLog: OrderedLogFault = {
  code: 'distribution-misconfigured',
  message: 'the topic holds events of another event store than this one: all is read from the store',
};

const enough: BufferLimits = { events: 4096, dataLength: 4 * 1024 * 1024 };

/**
 * Joins a group and reads the log by way of it.
 *
 * @throws whatever `join` does.
 */
export async function createOrderedLog(options: OrderedLogOptions): Promise<OrderedLog> {
  const {
    join,
    store,
    limits = enough,
    patience = 5000,
    onFault = () => {},
    clock = () => performance.now(),
  } = options;
  const listeners = createHeadListeners();
  let term: Term | null = null;
  let closed = false;
  let memberFault: OrderedLogFault | null = null;
  let told: OrderedLogFault | null = null;
  let generation = 0;
  let filled = 0;
  let unreadable = 0;
  let known = 0;
  /** Whether the store was asked for its head in this term. */
  let asked = false;
  /** What a reader has been waiting for, and since when. */
  let waiting: { readonly after: number; readonly since: number } | null = null;
  let activation = Promise.withResolvers<void>();
  activation.promise.catch(() => undefined);

  const closedError = (): DistributionError =>
    new DistributionError('distribution-closed', 'the log of the distribution is closed');

  function checkOpen(): void {
    if (closed) throw closedError();
  }

  const fault = (): OrderedLogFault | null => memberFault ?? (term?.trust === 'other-log' ? ofAnotherLog : null);

  function tellFault(): void {
    const now = fault();
    if (now === told) return;
    told = now;
    onFault(now);
  }

  function endTerm(): void {
    if (term === null) return;
    term = null;
    tellFault();
    asked = false;
    waiting = null;
    activation = Promise.withResolvers();
    activation.promise.catch(() => undefined);
  }

  const listener: MemberListener = {
    onActive({ partitions }) {
      if (closed) return;
      endTerm();
      generation += 1;
      term = { generation, merge: createMerge(partitions, limits), trust: 'unknown' };
      activation.resolve();
      listeners.tell(known);
    },
    onStandby: endTerm,
    onRecords(batch) {
      if (term === null) return true;
      const { merge } = term;
      const taken = merge.take(batch);
      unreadable += taken.unreadable;
      known = Math.max(known, merge.furthest().position);
      listeners.tell(known);
      return taken.room;
    },
    onFault(next) {
      memberFault = next;
      tellFault();
    },
  };

  async function head(): Promise<number> {
    checkOpen();
    const current = term;
    if (!asked) {
      known = Math.max(known, await store.head());
      // To who stands by nobody tells what comes in.
      asked = current !== null && term === current;
    }
    return known;
  }

  /** Whether a reader has waited long enough for what is known to be there. */
  function isOverdue(after: number): boolean {
    if (known <= after) return false;
    if (waiting?.after !== after) waiting = { after, since: clock() };
    return clock() - waiting.since >= patience;
  }

  /** How many events a hole has, at most `limit`; that where it is not known. */
  function missing({ merge }: Term, { after, limit }: ReadAllOptions): number {
    const before = merge.countBeforeNext(after);
    const passed = merge.countPassed();
    return before === null || passed === null ? limit : Math.min(limit, Math.max(1, before - passed));
  }

  /** Reads what comes next from the store: it will not come in, or is long in coming. Else there is nothing. */
  async function fill(current: Term, options: ReadAllOptions): Promise<EventPage> {
    const { merge } = current;
    const { after } = options;
    const isOtherLog = current.trust === 'other-log';
    const nothing = { events: [], position: after };
    const isHole = !isOtherLog && merge.isHole(after);
    const overdue = !isHole && isOverdue(after);
    if (!isHole && !overdue && !isOtherLog) return nothing;
    const passed = merge.countPassed();
    const page = await store.readAll({ after, limit: isHole ? missing(current, options) : options.limit });
    if (term !== current) return nothing;
    filled += page.events.length;
    if (passed !== null) merge.learn(page.position, passed + page.events.length);
    // Where a partition is stuck, not every event of it is waited for anew.
    if (overdue && waiting !== null) waiting = { ...waiting, after: page.position };
    return page;
  }

  function trust(current: Term, found: 'same-log' | 'other-log'): void {
    current.trust = found;
    tellFault();
  }

  /** What the topic holds may be of another log: an event store begun anew, or put back to an older state. */
  async function checkTrust(current: Term, after: number, id: string): Promise<void> {
    const { events } = await store.readAll({ after, limit: 1 });
    const [first] = events;
    if (first !== undefined) trust(current, first.id === id ? 'same-log' : 'other-log');
  }

  async function next(current: Term, options: ReadAllOptions): Promise<EventPage> {
    const { after, limit } = options;
    const { merge } = current;
    const nothing = { events: [], position: after };
    for (const { partition, handled, hasRoom } of merge.pass(after)) {
      member.handled(partition, handled);
      if (hasRoom) member.resume(partition);
    }
    if (merge.isTorn()) trust(current, 'other-log');
    const events = current.trust === 'other-log' ? [] : merge.run(after, limit);
    const [first] = events;
    if (first !== undefined && current.trust === 'unknown') {
      await checkTrust(current, after, first.id);
      if (term !== current) return nothing;
    }
    const last = events.at(-1);
    if (last !== undefined && current.trust === 'same-log') return { events, position: last.position };
    return fill(current, options);
  }

  const member = await join(listener);

  return {
    async readAll(options) {
      checkOpen();
      if (term === null) return { events: [], position: options.after };
      const { events, position } = await next(term, options);
      const { streamPrefixes } = options;
      if (streamPrefixes === undefined) return { events, position };
      const isWanted = (stream: string): boolean => streamPrefixes.some((prefix) => stream.startsWith(prefix));
      return { events: events.filter(({ stream }) => isWanted(stream)), position };
    },
    head,
    onHead(listening) {
      checkOpen();
      return listeners.add(listening);
    },
    status() {
      const passed = term?.merge.countPassed() ?? null;
      const furthest = term?.merge.furthest();
      const lag = passed === null || furthest === undefined ? null : Math.max(0, furthest.count - passed);
      return {
        state: term === null ? 'standby' : 'active',
        fault: fault(),
        generation,
        filled,
        unreadable,
        head: known,
        lag,
      };
    },
    async whenActive(signal) {
      checkOpen();
      signal?.throwIfAborted();
      const aborted = Promise.withResolvers<never>();
      const abort = (): void => aborted.reject(signal?.reason);
      signal?.addEventListener('abort', abort);
      try {
        await Promise.race([activation.promise, aborted.promise]);
      } finally {
        signal?.removeEventListener('abort', abort);
      }
      checkOpen();
    },
    async close() {
      if (closed) return;
      closed = true;
      activation.reject(closedError());
      term = null;
      listeners.clear();
      await member.close();
    },
  };
}
