import type { Method } from '@stance/domain';
import type { ProjectionWriter, ReadModelVersion, VersionCatalogue, VersionState } from '@stance/read-model';
import type { ReadModelFiller } from '@stance/read-model/sqlite';

import { createProjection } from '../projection.ts';
import type { AppliedPage, ProjectedLog } from '../projection.ts';
import { fill } from '../rebuild.ts';
import { refoldDeferred } from '../refold-deferred.ts';
import { stopAtPoison } from '../stop-at-poison.ts';
import { createPace } from './pace.ts';

/** How far a version is that is being made. */
export interface VersionProgress {
  readonly version: number;
  readonly state: VersionState;
  readonly position: number;
  /** The last position of the log. */
  readonly target: number;
  /** Events a second, of late; `null` until that is known. */
  readonly perSecond: number | null;
  /** An estimate; `null` where there is none, because positions do not count events or the pace is not known. */
  readonly secondsLeft: number | null;
}

/** Where the rows of a version are. */
export interface VersionPlace {
  /** How it is filled where there is a faster way than projecting into it; `null` where there is none. */
  readonly openFiller: (() => ReadModelFiller) | null;
  openWriter(): Promise<ProjectionWriter>;
}

export interface MakeVersionOptions {
  readonly source: ProjectedLog;
  /** The last position of the log. */
  readonly head: () => Promise<number>;
  /** Whether positions count events, so that a difference of two says how many lie between. */
  readonly countsPositions: boolean;
  readonly catalogue: VersionCatalogue;
  /** Any that is being made, or retired. */
  readonly version: ReadModelVersion;
  readonly method: Method;
  readonly place: VersionPlace;
  /**
   * Where given, it ends at an event that nobody can handle, unless it is of one of these streams, which are known to be
   * parked. Else it is parked.
   */
  readonly stopsAtPoisonBut?: ReadonlySet<string>;
  readonly onProgress: (progress: VersionProgress) => void;
  /** Gives it up between two batches: what was written stays. */
  readonly signal: AbortSignal;
  /** Resolves when there may be news in the log, or after a while. */
  readonly wait: (signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds, of a clock that never goes back. */
  readonly now?: () => number;
}

const eventsPerBatch = 1000;
const cacheLimits = { names: 200_000, histories: 20_000 };
/** It is told again so soon at the earliest, in milliseconds. */
const tellingInterval = 200;

/** One entry of the catalogue, as it was seen last. */
const createEntry = (catalogue: VersionCatalogue, first: ReadModelVersion) => {
  let seen = first;
  return {
    get: () => seen,
    async move(to: 'catching-up' | 'ready') {
      seen = await catalogue.move(seen, to);
    },
  };
};

/**
 * Makes a version of the read model ready to serve, from wherever it stands: a new one is filled, one that was left is gone on
 * with, a retired one is brought up to the log. Once it is `ready` it follows the log, until the signal ends it.
 *
 * @throws ProjectionError `poison-event` where it ends at one; ReadModelError, EventStoreError. Nothing that was written is
 *   lost: the same call goes on from there.
 */
export const makeVersion = async (options: MakeVersionOptions): Promise<void> => {
  const { source, head, catalogue, method, place, stopsAtPoisonBut, onProgress, signal, wait } = options;
  const { countsPositions, now = () => performance.now() } = options;
  const entry = createEntry(catalogue, options.version);
  const pace = createPace(now);
  const onPoison = stopsAtPoisonBut === undefined ? {} : { onPoison: stopAtPoison(stopsAtPoisonBut) };
  let target = await head();
  let told = Number.NEGATIVE_INFINITY;
  let position = 0;
  let events = 0;

  const tell = (): void => {
    told = now();
    const perSecond = pace.perSecond();
    const left = Math.max(0, target - position);
    const secondsLeft = !countsPositions || perSecond === null || perSecond === 0 ? null : left / perSecond;
    const { version, state } = entry.get();
    onProgress({ version, state, position, target: Math.max(target, position), perSecond, secondsLeft });
  };
  const passed = (to: number, handled: number): void => {
    events += handled;
    position = to;
    pace.at(events);
    if (now() - told >= tellingInterval) tell();
  };

  const fillFile = async (openFiller: () => ReadModelFiller): Promise<void> => {
    const filler = openFiller();
    try {
      let before = (await filler.checkpoint()).position;
      await fill(filler, {
        source,
        method,
        signal,
        ...(stopsAtPoisonBut === undefined ? {} : { stopsAtPoisonBut }),
        onProgress: (to) => {
          passed(to, to - before);
          before = to;
        },
      });
      await filler.finish();
    } catch (error) {
      await filler.close();
      throw error;
    }
  };

  const apply = async (
    writer: ProjectionWriter,
    more: { readonly deferred?: Set<number> },
    after: (page: AppliedPage) => Promise<boolean>,
  ): Promise<void> => {
    const projection = await createProjection({ source, writer, method, cacheLimits, ...onPoison, ...more });
    position = projection.position();
    for (;;) {
      signal.throwIfAborted();
      const page = await projection.applyNext(eventsPerBatch);
      const handled = page.applied + page.ignored + page.parked;
      passed(page.position, handled);
      if (!(await after(page))) return;
    }
  };

  const fillByProjecting = async (writer: ProjectionWriter): Promise<void> => {
    const isNew = (await writer.checkpoint()).position === 0;
    const deferred = new Set<number>(isNew ? [] : await writer.unfolded());
    await apply(writer, { deferred }, async ({ more }) => more);
    await refoldDeferred(writer, method, deferred);
    // Before anybody asks it something.
    await writer.analyze?.();
  };

  const follow = async (writer: ProjectionWriter): Promise<void> => {
    await apply(writer, {}, async (page) => {
      if (page.isFull) return true;
      target = await head();
      if (page.position >= target && entry.get().state === 'catching-up') {
        await entry.move('ready');
        tell();
      }
      if (page.position >= target) await wait(signal);
      return true;
    });
  };

  tell();
  if (entry.get().state === 'building') {
    if (place.openFiller !== null) await fillFile(place.openFiller);
    signal.throwIfAborted();
  } else if (entry.get().state === 'retired') await entry.move('catching-up');
  const writer = await place.openWriter();
  try {
    if (entry.get().state === 'building') {
      if (place.openFiller === null) await fillByProjecting(writer);
      await entry.move('catching-up');
      tell();
    }
    await follow(writer);
  } finally {
    await writer.close();
  }
};
