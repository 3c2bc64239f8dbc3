import { setTimeout as delay } from 'node:timers/promises';

import type { StartOptions } from './run-process.ts';

/** How often is looked, and for how long at most, in milliseconds. */
const interval = 250;
const longest = 60_000;

const notMade: ReadonlySet<unknown> = new Set(['read-model-missing', 'feed-missing']);

const isNotMade = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  notMade.has(error.code) &&
  'retryable' in error &&
  error.retryable === true;

/**
 * Opens what the projector makes, and waits a while for it where it is not there yet.
 *
 * @throws whatever `open` does, after a while also that it is missing; the reason of `stopping` where that is aborted.
 */
export const whenMade = async <Opened>(
  open: () => Promise<Opened>,
  { logger, stopping }: StartOptions,
): Promise<Opened> => {
  const deadline = performance.now() + longest;
  for (let looked = 0; ; looked++) {
    try {
      return await open();
    } catch (error) {
      if (!isNotMade(error) || performance.now() > deadline) throw error;
      if (looked === 0) logger.info({}, 'the read model is not there yet: waiting for a projector to make it');
      await delay(interval, undefined, { signal: stopping }).catch(() => stopping.throwIfAborted());
    }
  }
};
