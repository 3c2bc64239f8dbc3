import { idPattern } from '@stance/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { idFromName, markedId } from '../../src/import/id-from-name.ts';

test.each([
  ['United States', 'united-states'],
  ['Côte d’Ivoire', 'cote-d-ivoire'],
  ['São Tomé & Príncipe', 'sao-tome-principe'],
  ['Володимир Зеленський', 'volodimir-zelens-kiy'],
  ['北京', 'beijing'],
  ['…', 'unnamed'],
])('the id made from %s is %s', (name, id) => {
  expect(idFromName(name)).toBe(id);
});

test('every name gives an id, and a marked id tells every name from every other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      expect(idFromName(one)).toMatch(idPattern);
      expect(markedId(one)).toMatch(idPattern);
      expect(markedId(one) === markedId(other)).toBe(one === other);
    }),
  );
});
