import { expect, test } from 'vitest';

import { wordsOf } from '../src/index.ts';

test.each([
  ['Volodymyr Zelenskyy', ['volodymyr', 'zelenskyy']],
  ['Erdoğan, Recep Tayyip', ['erdogan', 'recep', 'tayyip']],
  ['CÔTE D’IVOIRE', ['cote', 'd', 'ivoire']],
  ['Зеленский Ёлкин', ['зеленскии', 'елкин']],
  ['the U.S. and the U.N.', ['the', 'u', 's', 'and', 'n']],
  ['2024/25', ['2024', '25']],
  ['...', []],
  ['長'.repeat(100), ['長'.repeat(64), '長'.repeat(36)]],
  ['𠮷'.repeat(65), ['𠮷'.repeat(64), '𠮷']],
])('%j has the words %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});
