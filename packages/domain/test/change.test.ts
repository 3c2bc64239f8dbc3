import { expect, it } from 'vitest';

import { compareChanges } from '../src/index.ts';
import type { StanceChange } from '../src/index.ts';
import { fold, statement } from './given.ts';

it('changes go by day, then opening statement, then track', () => {
  const [first] = fold(statement('a', 'support', '2024-01-01')).changes;
  if (first === undefined) throw new Error('one statement makes a change');
  const inOrder: StanceChange[] = [
    { ...first, openedBy: 'c', at: first.at - 1 },
    { ...first, track: 'direction' },
    { ...first, track: 'strength' },
    { ...first, openedBy: 'b', track: 'direction' },
  ];
  expect(inOrder.toReversed().sort(compareChanges)).toEqual(inOrder);
  expect([...inOrder].sort(compareChanges)).toEqual(inOrder);
  expect(compareChanges(first, { ...first })).toBe(0);
});
