import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createHashIndex, createHashSet } from '../../src/sqlite/hash-index.ts';

const hash = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2 ** 32 - 1 }));
const number = fc.oneof(fc.nat(), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));

it('gives back all numbers of a hash, those of more than 32 bits too, however far it has grown', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(hash, number), { maxLength: 200 }), fc.nat(5000), (entries, filling) => {
      const index = createHashIndex();
      const expected = new Map<number, number[]>();
      const add = (key: number, value: number): void => {
        index.add(key, value);
        expected.set(key, [...(expected.get(key) ?? []), value]);
      };
      for (let key = 1; key <= filling; key += 1) add(key * 7919, key);
      for (const [key, value] of entries) add(key, value);
      for (const [key, values] of expected)
        expect([...index.get(key)].sort((a, b) => a - b)).toEqual(values.sort((a, b) => a - b));
      expect(index.get(0xdead_beef)).toEqual(expected.get(0xdead_beef) ?? []);
    }),
    { numRuns: 100 },
  );
});

it('knows nothing more once it is released, and can be filled anew', () => {
  const index = createHashIndex();
  for (let key = 1; key <= 10_000; key += 1) index.add(key, key);
  index.release();
  expect(index.get(5)).toEqual([]);
  index.add(5, 1);
  expect(index.get(5)).toEqual([1]);
  expect(index.get(7)).toEqual([]);
  for (let key = 1; key <= 10_000; key += 1) index.add(key, key + 1);
  expect(index.get(5).toSorted((a, b) => a - b)).toEqual([1, 6]);
});

it('tells which hashes were added to a set', () => {
  fc.assert(
    fc.property(fc.uniqueArray(hash, { maxLength: 500 }), fc.uniqueArray(hash), (added, others) => {
      const set = createHashSet();
      for (const each of added) set.add(each);
      for (const each of [...added, ...others]) expect(set.has(each)).toBe(added.includes(each));
    }),
  );
});
