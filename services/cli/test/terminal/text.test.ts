import { expect, test } from 'vitest';

import { cut, fit, oneLine, wrap } from '../../src/terminal/text.ts';

test('text from outside cannot steer the terminal', () => {
  expect(oneLine('a\u001b[31mred\u0007\r\nb\u202ec')).toBe('a[31mred bc');
});

test('text is cut and filled by what a reader sees as characters', () => {
  expect(cut('Côte d’Ivoire', 6)).toBe('Côte …');
  expect(cut('👩‍👩‍👧 family', 20)).toBe('👩‍👩‍👧 family');
  expect(fit('ab', 4)).toBe('ab  ');
});

test('text is broken at blanks, and a word that is too long stands alone', () => {
  expect(wrap('one two three', 8, ' ')).toEqual([' one two', ' three']);
  expect(wrap('a verylongword b', 6)).toEqual(['a', 'verylongword', 'b']);
});
