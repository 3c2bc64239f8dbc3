import { setTimeout as delay } from 'node:timers/promises';

/** All that the deliveries know of time. */
export interface DeliveryClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or once the signal is aborted. */
  rest(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const machineClock: DeliveryClock = {
  now: () => Date.now(),
  // Aborted, it has rested long enough.
  rest: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
};
