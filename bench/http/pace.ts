import { setTimeout as pause } from 'node:timers/promises';

/** Does one piece of work; `due` is when it should have begun, by `performance.now()`. */
export type Work = (n: number, due: number) => Promise<void>;

export interface Pace {
  readonly perSecond: number;
  readonly seconds: number;
  /** When the first piece is due, in milliseconds from now: what runs beside it need not be due at the same moments. */
  readonly after?: number;
  /** Ends it before the time is over. */
  readonly stopping?: AbortSignal;
  /** How many are under way at most. */
  readonly workers: number;
}

/**
 * Does work at an even pace. What is late begins as soon as a worker is free and counts from when it was due: a service
 * that falls behind cannot hide that by being asked less often.
 */
export const evenly = async (
  { perSecond, seconds, after = 0, stopping, workers }: Pace,
  worker: () => Promise<Work>,
): Promise<void> => {
  const works = await Promise.all(Array.from({ length: workers }, worker));
  const start = performance.now() + after;
  let next = 0;
  await Promise.all(
    works.map(async (work) => {
      while (next < perSecond * seconds && stopping?.aborted !== true) {
        const n = next++;
        const due = start + (n * 1000) / perSecond;
        const early = due - performance.now();
        if (early > 0.5) await pause(early);
        await work(n, due);
      }
    }),
  );
};
