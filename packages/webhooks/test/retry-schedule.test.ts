import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createRetrySchedule, usualDelays } from '../src/retry-schedule.ts';

const day = 24 * 3600 * 1000;

it('makes ten tries in about three days, and no more', () => {
  const schedule = createRetrySchedule(usualDelays, () => 0.5);
  const delays = Array.from({ length: 9 }, (_, index) => schedule.delayAfter(index + 1, null) ?? Number.NaN);
  expect(delays[0]).toBe(5000);
  expect(delays.reduce((sum, delay) => sum + delay, 0) / day).toBeCloseTo(3.15, 1);
  expect(schedule.delayAfter(10, null)).toBeNull();
  expect(schedule.delayAfter(11, 5)).toBeNull();
});

it('stays within a tenth of each delay, and waits for as long as it was asked to, but not for ever', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 10 * day })),
      (attempts, random, asked) => {
        const usual = usualDelays[attempts - 1] ?? Number.NaN;
        const delay = createRetrySchedule(usualDelays, () => random).delayAfter(attempts, asked) ?? Number.NaN;
        expect(delay).toBeGreaterThanOrEqual(Math.max(usual * 0.9, Math.min(asked ?? 0, day)));
        expect(delay).toBeLessThanOrEqual(Math.max(usual * 1.1, Math.min(asked ?? 0, day)));
      },
    ),
  );
});
