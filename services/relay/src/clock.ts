import { setTimeout as delay } from 'node:timers/promises';

/** All that the relay knows of time. */
export interface RelayClock {
  /** Milliseconds that only grow, whatever becomes of the machine's date. */
  monotonic(): number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or once the signal is aborted. */
  rest(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const machineClock: RelayClock = {
  monotonic: () => performance.now(),
  now: () => Date.now(),
  // Aborted, it has rested long enough.
  rest: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
};
