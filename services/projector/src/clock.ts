import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** All that the projector knows of time. */
export interface ProjectorClock {
  /** Milliseconds that only grow, whatever becomes of the machine's date. */
  monotonic(): number;
  /** Resolves after so many milliseconds, or once the signal is aborted. */
  rest(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Lets messages come in. */
  yield(): Promise<void>;
}

export const machineClock: ProjectorClock = {
  monotonic: () => performance.now(),
  // Aborted, it has rested long enough.
  rest: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
  yield: () => nextTurn(),
};
