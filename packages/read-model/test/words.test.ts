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
])('%j has the words %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});
