import fc from 'fast-check';
import { expect, test } from 'vitest';

import { dayOf, isoOf } from '../browser/data/days.ts';

test('a day is told by its number, and the number by the day', () => {
  expect(dayOf('1970-01-01')).toBe(0);
  expect(dayOf('2024-02-29')).toBe(19_782);
  fc.assert(
    fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
      expect(dayOf(isoOf(day))).toBe(day);
    }),
  );
});

test('a day before the year 0 is one too, as the service writes it', () => {
  expect(dayOf('-0044-03-15')).toBeLessThan(dayOf('0001-01-01') ?? 0);
});

test.each([null, '', 'yesterday', '2023-02-30x', '../2020'])('%j is none', (given) => {
  expect(dayOf(given)).toBeNull();
});
