const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/**
 * How long after each try the next one follows, in milliseconds: the schedule that the specification of Standard Webhooks
 * gives, after which a message is given up.
 */
export const usualDelays: readonly number[] = [
  5 * seconds,
  5 * minutes,
  30 * minutes,
  2 * hours,
  5 * hours,
  10 * hours,
  14 * hours,
  20 * hours,
  24 * hours,
];

/** Nobody is waited for longer than this, whatever he asks for. */
const longestDelay = 24 * hours;

export interface RetrySchedule {
  /** The longest delay between two tries, in milliseconds. */
  readonly longest: number;
  /**
   * How long to wait before the next try, in milliseconds; `null`: there is none.
   *
   * @param attempts how many were made.
   * @param asked what the receiver asked for by `Retry-After`, in milliseconds; `null` where he did not.
   */
  delayAfter(attempts: number, asked: number | null): number | null;
}

/** @param random from 0 up to but not including 1: those who failed together shall not come back together. */
export const createRetrySchedule = (delays: readonly number[], random: () => number): RetrySchedule => ({
  longest: Math.max(...delays),
  delayAfter(attempts, asked) {
    const delay = delays[attempts - 1];
    if (delay === undefined) return null;
    return Math.max(delay * (0.9 + random() / 5), Math.min(asked ?? 0, longestDelay));
  },
});
