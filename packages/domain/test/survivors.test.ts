import { expect, it } from 'vitest';

import { survivorsOf } from '../src/index.ts';

it('follows chains of merges to the one that is left, and knows all that answer as it', () => {
  const survivors = survivorsOf<string>([
    { actor: 'a', into: 'b' },
    { actor: 'b', into: 'c' },
    { actor: 'd', into: 'c' },
  ]);
  expect(['a', 'b', 'c', 'd', 'e'].map((actor) => survivors.of(actor))).toEqual(['c', 'c', 'c', 'c', 'e']);
  expect(new Set(survivors.members('c'))).toEqual(new Set(['a', 'b', 'c', 'd']));
  expect(survivors.members('e')).toEqual(['e']);
  expect([survivors.isEmpty, survivorsOf<string>([]).isEmpty]).toEqual([false, true]);
});
