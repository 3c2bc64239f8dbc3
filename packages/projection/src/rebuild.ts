import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import type { Method } from '@stance/domain';
import { startSqliteReadModelFiller, settleReadModelFile } from '@stance/read-model/sqlite';
import type { ReadModelFiller } from '@stance/read-model/sqlite';

import { createProjection } from './projection.ts';
import type { ProjectedLog } from './projection.ts';
import { stopAtPoison } from './stop-at-poison.ts';
import { refoldDeferred } from './refold-deferred.ts';

export interface RebuildOptions {
  readonly source: ProjectedLog;
  /** Of the SQLite file. What stands there stays as it is until the new one is whole. */
  readonly path: string;
  readonly method: Method;
  /** The last position to apply; all there is when the rebuild comes to the end, if left out. */
  readonly upTo?: number;
  /**
   * Where given, the rebuild ends at an event that nobody can handle, unless it is of one of these streams, which are known to
   * be parked. Else it is parked.
   */
  readonly stopsAtPoisonBut?: ReadonlySet<string>;
  readonly onProgress?: (position: number) => void;
  /** Gives it up between two batches. */
  readonly signal?: AbortSignal;
}

export interface Rebuilt {
  /** How far the new read model is. */
  readonly position: number;
  readonly events: number;
  readonly parked: number;
}

const eventsPerBatch = 250;
/** Names and tails in memory: as much as a rebuild may take. */
const cacheLimits = { names: 200_000, histories: 1000 };

/** Fills a read model from the log, from where it was left; `finish` is left to the caller. */
export const fill = async (filler: ReadModelFiller, options: Omit<RebuildOptions, 'path'>): Promise<Rebuilt> => {
  const { source, method, upTo, stopsAtPoisonBut, onProgress, signal } = options;
  const isNew = (await filler.checkpoint()).position === 0;
  const deferred = new Set<number>(isNew ? [] : await filler.unfolded());
  const projection = await createProjection({
    source,
    writer: filler,
    method,
    deferred,
    cacheLimits,
    ...(upTo === undefined ? {} : { upTo }),
    ...(stopsAtPoisonBut === undefined ? {} : { onPoison: stopAtPoison(stopsAtPoisonBut) }),
  });
  let events = 0;
  let parked = 0;
  for (;;) {
    signal?.throwIfAborted();
    const page = await projection.applyNext(eventsPerBatch);
    events += page.applied + page.ignored + page.parked;
    parked += page.parked;
    onProgress?.(page.position);
    if (!page.more) break;
  }
  await filler.index();
  await refoldDeferred(filler, method, deferred);
  return { position: projection.position(), events, parked };
};

const syncFolder = (path: string): void => {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/**
 * Makes the read model anew from the log, in a file beside the old one that takes its place once it is whole and
 * durable. A crash before that leaves the old one untouched. Nobody may be projecting into the old file meanwhile;
 * readers may go on, and find the new file when they open it anew.
 *
 * @throws ProjectionError `poison-event` where it ends at one; ReadModelError, EventStoreError; ReadModelError `read-model-foreign-file` or `read-model-busy` where what
 *   stands at the path must not be replaced.
 */
export const rebuild = async (options: RebuildOptions): Promise<Rebuilt> => {
  const { path, method } = options;
  const fresh = `${path}.rebuild`;
  const discard = (): void => {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${fresh}${suffix}`, { force: true });
  };
  if (existsSync(path)) settleReadModelFile(path);
  discard();
  try {
    const filler = startSqliteReadModelFiller({ path: fresh, method });
    let rebuilt: Rebuilt;
    try {
      rebuilt = await fill(filler, options);
      await filler.finish();
    } catch (error) {
      await filler.close();
      throw error;
    }
    // A write-ahead log of the old file beside the new one would be taken for its own.
    if (existsSync(path)) settleReadModelFile(path);
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    renameSync(fresh, path);
    syncFolder(path);
    return rebuilt;
  } catch (error) {
    discard();
    throw error;
  }
};
