import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { shortened } from '../browser/text/shortened.ts';

const family = '👩‍👩‍👧';

describe('words that are shortened', () => {
  test.each([
    ['all of it', 9, 'all of it'],
    ['all of it', 8, 'all of…'],
    [family.repeat(3), 3, family.repeat(3)],
    [family.repeat(4), 3, `${family}${family}…`],
    ['e\u0301'.repeat(5), 4, `${'e\u0301'.repeat(3)}…`],
    ['', 1, ''],
  ])('%s to %i letters', (given, most, words) => {
    expect(shortened(given, most)).toBe(words);
  });

  test('are whole letters, never halves of one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (given, most) => {
        expect(shortened(given, most).isWellFormed()).toBe(true);
      }),
    );
  });
});
