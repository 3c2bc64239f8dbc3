/** All that following knows of time. */
export interface FollowingClock {
  /** Milliseconds that only grow, whatever becomes of the machine's date. */
  now(): number;
  /** Calls again and again, after so many milliseconds each; returns what ends that. */
  every(milliseconds: number, action: () => void): () => void;
  /** Calls once, after so many milliseconds; returns what keeps it from that. */
  after(milliseconds: number, action: () => void): () => void;
}

export const machineClock: FollowingClock = {
  now: () => performance.now(),
  every(milliseconds, action) {
    const timer = setInterval(action, milliseconds);
    return () => clearInterval(timer);
  },
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};
