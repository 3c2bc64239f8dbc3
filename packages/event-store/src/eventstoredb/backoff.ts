import { setTimeout as delay } from 'node:timers/promises';

/** Waits so many milliseconds; ends early, without an error, where `signal` is aborted. */
export type Rest = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Rejects only where it was aborted, which is an end as good as any. */
export const rest: Rest = (milliseconds, signal) =>
  delay(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);

export interface BackoffOptions {
  /** Milliseconds after the first failure; doubled with each one more. */
  readonly first: number;
  /** Never longer than this, in milliseconds. */
  readonly most: number;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
}

/**
 * How long to rest after so many failures in a row (1 or more), in milliseconds: between half and the whole of a time that
 * doubles, so that those who lost one server do not all come back at once.
 */
export function pauseAfter(failures: number, { first, most, random }: BackoffOptions): number {
  const whole = Math.min(most, first * 2 ** Math.min(failures - 1, 30));
  return whole / 2 + (whole / 2) * random();
}
