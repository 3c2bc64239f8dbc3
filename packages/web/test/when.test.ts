import { expect, test } from 'vitest';

import { dayInWords, instantInWords, monthInWords } from '../browser/text/dates.ts';
import { text } from '../browser/text/index.ts';
import { saidByInWords, whenInWords } from '../browser/text/when.ts';

test('a day, a month, an instant and a position are told in words', () => {
  expect(saidByInWords('2024-02-29')).toBe(dayInWords(19_782));
  expect(saidByInWords('2024-02')).toBe(monthInWords(19_782));
  expect(whenInWords('2024-02-29')).toBe(dayInWords(19_782));
  expect(whenInWords('2024-02-29T12:00:00Z')).toBe(instantInWords('2024-02-29T12:00:00Z'));
  expect(whenInWords('7')).toBe(text.between.position('7'));
});

test.each(['-5', 'May 2001', '1 2', '2024-02-30', '2024-13-01', '2024-02-29T99:99:99Z', '2024-02-29T12:00', ''])(
  'what is no date is told as it was given: %j',
  (given) => {
    expect(whenInWords(given)).toBe(given);
  },
);

test.each(['yesterday', '2024-13', '2023-02-29', '2024', '2024-06~', '../2024'])(
  'what is no day and no month is told as it was given: %j',
  (given) => {
    expect(saidByInWords(given)).toBe(given);
  },
);
