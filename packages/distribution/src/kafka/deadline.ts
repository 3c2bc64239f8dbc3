import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a promise, at most so many milliseconds. @throws Error where that is over, and what the promise throws. */
export async function within<Value>(milliseconds: number, what: string, promise: Promise<Value>): Promise<Value> {
  const over = new AbortController();
  const timeout = delay(milliseconds, undefined, { signal: over.signal }).then(() => {
    throw new Error(`${what} took longer than ${milliseconds} ms`);
  });
  timeout.catch(() => undefined);
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    over.abort();
    // It may yet fail, and nobody is there to hear it.
    promise.catch(() => undefined);
  }
}

/** Waits so many milliseconds; ends early, without an error, where `signal` is aborted. */
export const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  delay(milliseconds, undefined, { signal }).catch(() => undefined);

const firstPause = 200;
const longestPause = 10_000;

/**
 * How long to rest after so many failures in a row (1 or more), in milliseconds: between half and the whole of a time that
 * doubles, so that those who lost one broker do not all come back at once.
 */
export function pauseAfter(failures: number): number {
  const whole = Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 30));
  return whole / 2 + (whole / 2) * Math.random();
}
