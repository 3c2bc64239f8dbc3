import type { Method } from '@stance/domain';
import type { StanceEvent } from '@stance/contracts';
import type { EventLog, EventPage } from '@stance/event-store';
import type { Checkpoint, ProjectionWriter } from '@stance/read-model';

import type { PoisonEvent } from './handle-event.ts';
import { makeBatch, makeRetry } from './make-batch.ts';
import type { MadeBatch, MakingContext } from './make-batch.ts';
import { createOverlap } from './overlap.ts';
import { createProjectionWaiters } from './position-waiters.ts';
import { readSkipsAhead } from './parked/skips-ahead.ts';
import { checkSameLog } from './same-log.ts';
import { loadState } from './state.ts';
import type { CacheLimits, ProjectionState } from './state.ts';

/** What a projection needs of a log. */
export type ProjectedLog = Pick<EventLog, 'readAll' | 'readStream'>;

export interface ProjectionOptions {
  readonly source: ProjectedLog;
  readonly writer: ProjectionWriter;
  readonly method: Method;
  /** How many actors and propositions, and how many histories, stay in memory between batches. */
  readonly cacheLimits?: CacheLimits;
  /** Where given, histories that have to be folded anew are noted here and not folded. */
  readonly deferred?: Set<number>;
  /** The last position to apply; all there is, if left out. */
  readonly upTo?: number;
  /** Hears of an event that nobody can handle before it is parked; where it throws, nothing of its page is written. */
  readonly onPoison?: (event: PoisonEvent) => void;
}

/** What came of handling the events of a parked stream again. */
export interface Retried {
  /** So many of them count from now on. */
  readonly applied: number;
  /** So many stay parked. */
  readonly parked: number;
}

/** What one call of `applyNext` did. */
export interface AppliedPage {
  /** How far the read model is now. */
  readonly position: number;
  readonly recordedAt: number;
  /** Events handled: applied, known already, parked. All 0 where there was nothing to read. */
  readonly applied: number;
  readonly ignored: number;
  readonly parked: number;
  /** Whether as many were read as were asked for: more of them may be waiting. */
  readonly isFull: boolean;
  /** Whether there may be more to read. */
  readonly more: boolean;
}

export interface Projection {
  /** The position that the read model has passed. */
  position(): number;
  /** How many streams are parked. */
  parkedStreams(): number;
  /**
   * Applies the next events, at most `limit`, in one transaction. One call at a time. Where the database is elsewhere, the
   * page after a full or a large one is made while that is written: it is as large as the limit was then.
   *
   * @throws ReadModelError, EventStoreError: nothing was written, but for parts of the page that went before, and for a
   *   database elsewhere that was cut off while it committed: then it may have been. The next call finds by the checkpoint
   *   what was, and goes on from there: nothing counts twice, and no event is skipped. Where the error is `retryable` that
   *   call may go through.
   */
  applyNext(limit: number): Promise<AppliedPage>;
  /**
   * Handles the events of a parked stream again, in their order and in one transaction; what cannot be handled stays parked,
   * with the reason that it has now. `null` where the stream is not parked. Not while `applyNext` is under way.
   *
   * @throws as `applyNext` does: nothing was written then, or, of a database elsewhere, all of it. It may be called again.
   */
  retry(stream: string): Promise<Retried | null>;
  /**
   * Resolves once the read model has passed a position.
   *
   * @throws ProjectionError `not-caught-up` when `timeout` (milliseconds) is over, or as `signal` says.
   */
  whenPassed(position: number, options?: { readonly timeout?: number; readonly signal?: AbortSignal }): Promise<void>;
}

const partsByThemselves: ReadonlySet<string> = new Set<StanceEvent['type']>([
  'ActorMerged',
  'ActorUnmerged',
  'EventSkipped',
]);

/**
 * A page in the parts that are applied one after the other, each in a transaction of its own: who answers for whom is the
 * same for all events of a part, so that a merge is one by itself; so is a skip, with which parked events are handled again.
 */
const partsOf = ({ events, position }: EventPage): EventPage[] => {
  const parts: EventPage[] = [];
  const add = (some: EventPage['events']): void => {
    const last = some.at(-1);
    if (last !== undefined) parts.push({ events: some, position: last.position });
  };
  let from = 0;
  for (const [index, event] of events.entries()) {
    if (!partsByThemselves.has(event.type)) continue;
    add(events.slice(from, index));
    add([event]);
    from = index + 1;
  }
  add(events.slice(from));
  // What a page ends with may be positions without events.
  const last = parts.pop() ?? { events };
  return [...parts, { ...last, position }];
};

/** A page without what stands after a position: between two positions there may be any number of events. */
const upToPosition = (page: EventPage, upTo: number): EventPage =>
  page.position <= upTo ? page : { events: page.events.filter(({ position }) => position <= upTo), position: upTo };

/** A page as it was read. */
interface ReadPage {
  readonly parts: readonly EventPage[];
  readonly position: number;
  readonly size: number;
  readonly isFull: boolean;
}

/** The page after the one that is being written. What it comes to is left out where it has parts that go one by one. */
interface PageAhead {
  readonly page: ReadPage;
  readonly made: MadeBatch | null;
}

/** After a page of so many events, it is likely that the next one is there. */
const largePage = 512;

const defaultCacheLimits: CacheLimits = { names: 50_000, histories: 20_000 };

/**
 * Opens the projection of the log into the read model, where the writer's checkpoint says it is.
 *
 * @throws ReadModelError `read-model-of-another-log` where the log is not the one that the read model was made from.
 */
export const createProjection = async (options: ProjectionOptions): Promise<Projection> => {
  const { source, writer, method, deferred = null, onPoison, upTo = Number.MAX_SAFE_INTEGER } = options;
  const cacheLimits = options.cacheLimits ?? defaultCacheLimits;
  const waiters = createProjectionWaiters();
  let overlap = createOverlap(writer);
  /** As all that was made leaves it, whether it is written yet or not. */
  let state = await loadState(writer, cacheLimits);
  /** What is written. */
  let passed: Checkpoint = state.checkpoint;
  let parkedStreams = state.parkedStreams.size;
  let ahead: PageAhead | null = null;
  await checkSameLog(source, writer);
  const skipsAhead = await readSkipsAhead(source, { after: passed.position, upTo });
  /** Whether what is in memory may be ahead of what was written. */
  let torn = false;

  const read = async (after: number, limit: number): Promise<ReadPage> => {
    const page = upToPosition(await source.readAll({ after, limit }), upTo);
    const size = page.events.length;
    return { parts: partsOf(page), position: page.position, size, isFull: size >= limit };
  };

  const contextOf = (current: ProjectionState): MakingContext => ({
    source,
    state: current,
    lookups: overlap.lookups,
    method,
    deferred,
    skipsAhead,
    onPoison,
  });
  const make = (current: ProjectionState, part: EventPage): Promise<MadeBatch> => makeBatch(contextOf(current), part);

  /** Begins anew with what is written. */
  const reload = async (): Promise<void> => {
    ahead = null;
    state = await loadState(writer, cacheLimits);
    overlap = createOverlap(writer);
    passed = state.checkpoint;
    parkedStreams = state.parkedStreams.size;
    torn = false;
    // What was written although its answer was lost is passed by now.
    waiters.passed(passed.position);
  };

  /** Reads and makes what comes after the page that is being written; `null` where nothing does yet. */
  const makeAhead = async (current: ProjectionState, limit: number): Promise<PageAhead | null> => {
    const after = current.checkpoint.position;
    if (after >= upTo) return null;
    const page = await read(after, limit);
    if (page.position === after) return null;
    const [part, ...more] = page.parts;
    return { page, made: part === undefined || more.length > 0 ? null : await make(current, part) };
  };

  return {
    position: () => passed.position,
    parkedStreams: () => parkedStreams,
    async applyNext(limit) {
      if (torn) await reload();
      const { position: after, recordedAt } = passed;
      const nothing = { position: after, recordedAt, applied: 0, ignored: 0, parked: 0, isFull: false, more: false };
      if (after >= upTo) return nothing;
      const { page, made } = ahead ?? { page: await read(after, limit), made: null };
      if (page.position === after) return nothing;
      ahead = null;
      torn = true;
      const all = { applied: 0, ignored: 0, parked: 0 };
      for (const [index, part] of page.parts.entries()) {
        const { batch, write } = made ?? (await make(state, part));
        parkedStreams = state.parkedStreams.size;
        const isLast = index === page.parts.length - 1;
        const goesOn = isLast && writer.handOver !== undefined && (page.isFull || page.size >= largePage);
        const { done } = await overlap.begin(write, batch);
        const written = done.then(() => {
          passed = { ...passed, position: write.position, recordedAt: write.recordedAt };
          waiters.passed(write.position);
        });
        const [next] = await Promise.allSettled([goesOn ? makeAhead(state, limit) : null, written]);
        // What fails ahead of its time fails once more in the next call, which begins with what is written by then.
        await written;
        all.applied += batch.applied;
        all.ignored += batch.ignored;
        all.parked += batch.parked;
        torn = next.status === 'rejected' || !isLast;
        ahead = next.status === 'rejected' ? null : next.value;
      }
      return {
        ...all,
        position: passed.position,
        recordedAt: passed.recordedAt,
        isFull: page.isFull,
        more: page.position < upTo,
      };
    },
    async retry(stream) {
      // What was made ahead rests on what was so before.
      if (torn || ahead !== null) await reload();
      torn = true;
      const made = await makeRetry(contextOf(state), stream);
      if (made === null) {
        torn = false;
        return null;
      }
      const { batch, write } = made;
      const { done } = await overlap.begin(write, batch);
      await done;
      passed = state.checkpoint;
      parkedStreams = state.parkedStreams.size;
      torn = false;
      return { applied: batch.applied, parked: batch.parked };
    },
    whenPassed: (position, waitOptions) => waiters.whenPassed(position, passed.position, waitOptions),
  };
};
