import type { FollowingClock } from '../../src/following/clock.ts';

export interface TestClock extends FollowingClock {
  /** Lets so many milliseconds pass, and what comes about every so often happen as often as is due. */
  pass(milliseconds: number): void;
}

/** Time stands still but for what passes by hand; what comes once, comes as soon as it can. */
export const createTestClock = (): TestClock => {
  let now = 0;
  const repeated = new Set<{ readonly every: number; readonly action: () => void; due: number }>();
  return {
    now: () => now,
    every(milliseconds, action) {
      const entry = { every: milliseconds, action, due: now + milliseconds };
      repeated.add(entry);
      return () => repeated.delete(entry);
    },
    after(_milliseconds, action) {
      const timer = setTimeout(action, 1);
      return () => clearTimeout(timer);
    },
    pass(milliseconds) {
      now += milliseconds;
      for (const entry of repeated) {
        for (; entry.due <= now; entry.due += entry.every) entry.action();
      }
    },
  };
};
