import { setTimeout as delay } from 'node:timers/promises';

import { ReadModelError } from '@stance/read-model';
import { openPostgresReplacement } from '@stance/read-model/postgres';
import type { PostgresReadModelOptions, PostgresReplacement } from '@stance/read-model/postgres';

import { createProjection } from '../projection.ts';
import type { Projection } from '../projection.ts';
import type { Rebuilt, RebuildOptions } from '../rebuild.ts';
import { stopAtPoison } from '../stop-at-poison.ts';
import { refoldDeferred } from '../refold-deferred.ts';

export interface RebuildPostgresOptions extends Omit<RebuildOptions, 'path' | 'upTo'> {
  /** Where the read model is. It may be in use, and stays in use. */
  readonly readModel: PostgresReadModelOptions;
}

const eventsPerBatch = 1000;
const cacheLimits = { names: 200_000, histories: 20_000 };

/**
 * How often it is tried to take the place of the old one while somebody reads for long, and how long those who want to read
 * meanwhile are left alone in between, in milliseconds.
 */
const tries = { most: 100, pause: 2000 };

/** Tells whether it was replaced, each time it is asked. A long read is waited for: hours of work are not to end with it. */
const patientlyReplacing = ({ replace }: PostgresReplacement, signal?: AbortSignal): (() => Promise<boolean>) => {
  let tried = 0;
  return async () => {
    tried += 1;
    try {
      return await replace();
    } catch (error) {
      if (!(error instanceof ReadModelError && error.code === 'read-model-busy') || tried >= tries.most) throw error;
      await delay(tries.pause, undefined, { signal });
      return false;
    }
  };
};

/**
 * Makes the read model in a schema of PostgreSQL anew from the log, in a schema beside it that takes its place once it is
 * as far as the old one. Until then the old one is read and projected into; whoever projects finds out by the checkpoint
 * (`checkpoint-conflict`), and goes on in the new one when it is read anew.
 *
 * @throws ProjectionError `poison-event` where it ends at one, ReadModelError (`read-model-busy` where others read on and on for minutes), EventStoreError: then the old one is as
 *   it was.
 */
export const rebuildPostgres = async (options: RebuildPostgresOptions): Promise<Rebuilt> => {
  const { source, readModel, method, stopsAtPoisonBut, onProgress, signal } = options;
  const poison = stopsAtPoisonBut === undefined ? {} : { onPoison: stopAtPoison(stopsAtPoisonBut) };
  const replacement = await openPostgresReplacement({ ...readModel, method });
  try {
    const { writer } = replacement;
    let events = 0;
    let parked = 0;
    const catchUp = async (projection: Projection): Promise<void> => {
      for (let more = true; more;) {
        signal?.throwIfAborted();
        const page = await projection.applyNext(eventsPerBatch);
        events += page.applied + page.ignored + page.parked;
        parked += page.parked;
        onProgress?.(page.position);
        ({ more } = page);
      }
    };
    const deferred = new Set<number>();
    await catchUp(await createProjection({ source, writer, method, deferred, cacheLimits, ...poison }));
    await refoldDeferred(writer, method, deferred);
    await writer.analyze?.();
    // What came in meanwhile is little, and less each time.
    const projection = await createProjection({ source, writer, method, cacheLimits, ...poison });
    const replaced = patientlyReplacing(replacement, signal);
    do await catchUp(projection);
    while (!(await replaced()));
    return { position: projection.position(), events, parked };
  } finally {
    await replacement.close();
  }
};
