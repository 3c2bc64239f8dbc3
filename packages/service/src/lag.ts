/** How far a read model is. */
export interface Passed {
  readonly position: number;
  /** The stamp of the event there, in milliseconds since the epoch. */
  readonly recordedAt: number;
}

/** How far the read model is behind the log. */
export interface Lag {
  /** The log ends here now. */
  headAt(position: number): void;
  /** Of a read model that is so far: where the log ends, and for how many seconds it has been behind, at most. */
  at(passed: Passed): { readonly head: number; readonly seconds: number };
}

export interface LagClock {
  /** Milliseconds that only grow, whatever becomes of the machine's date. */
  monotonic(): number;
  /** Milliseconds since the epoch. */
  now(): number;
}

const machineClock: LagClock = { monotonic: () => performance.now(), now: () => Date.now() };

/**
 * @param head where the log ends at first.
 * @param seen how far the read model was when it was looked at last.
 */
export const createLag = (head: number, seen: () => Passed, clock: LagClock = machineClock): Lag => {
  const startedAt = clock.monotonic();
  let last = head;
  /** Since when the log has had events that nobody has seen passed: of those at the start nothing is known. */
  let since = Number.NEGATIVE_INFINITY;

  return {
    headAt(position) {
      if (position <= last) return;
      if (seen().position >= last) since = clock.monotonic();
      last = position;
    },
    at({ position, recordedAt }) {
      last = Math.max(last, position);
      if (position === last) return { head: last, seconds: 0 };
      // Where events never cease to come in, it is always behind, and yet not for long: what it has not passed was stamped
      // after what it has.
      const age = position === 0 ? clock.monotonic() - startedAt : clock.now() - recordedAt;
      return { head: last, seconds: Math.max(0, Math.min(age, clock.monotonic() - since)) / 1000 };
    },
  };
};
