import fc from 'fast-check';
import { expect, test } from 'vitest';

import { dayOf, isoOf, lastDayOf } from '../browser/data/days.ts';

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

test.each([
  ['2024-06-05', '2024-06-05'],
  ['2024-02', '2024-02-29'],
  ['2024-06~', '2024-06-30'],
  ['2024?', '2024-12-31'],
  ['0044', '0044-12-31'],
  ['-0044', '-0044-12-31'],
  ['2024-06-05T23:00:00Z', '2024-06-05'],
  ['2024-01-01/2024-02', '2024-02-29'],
])('the last day of %s is %s', (at, last) => {
  expect(lastDayOf(at)).toBe(dayOf(last));
});

test.each([undefined, '', 'yesterday', '2024-21', '2024-02-30x'])('%j has no last day', (at) => {
  expect(lastDayOf(at)).toBeNull();
});
