import type { StanceChange } from '@stance/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createSuccessors } from '../src/successors.ts';

const change = fc
  .record({
    track: fc.constantFrom('direction' as const, 'strength' as const),
    kind: fc.constantFrom('reversal' as const, 'first' as const),
    direction: fc.constantFrom('support' as const, 'oppose' as const),
    strength: fc.constantFrom(null, 'weak' as const, 'strong' as const),
    at: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ track, kind, direction, strength, at }): StanceChange => ({
    track,
    kind,
    status: 'confirmed',
    from: null,
    to: { direction, strength },
    at,
    confirmedAt: at,
    withdrawnAt: null,
    openedBy: 's',
    evidence: [],
  }));

type Named = readonly [string, StanceChange];

/** The rule as a sentence: of the same steps the nearest, half a day farther where the strength is another. */
const nearest = (removed: StanceChange, changes: readonly Named[]): string | null => {
  const sameSteps = changes.filter(
    ([, { track, kind, to }]) =>
      track === removed.track &&
      kind === removed.kind &&
      to.direction === removed.to.direction &&
      (track === 'direction' || to.strength === removed.to.strength),
  );
  const distance = ([, { at, to }]: Named) =>
    Math.abs(at - removed.at) + (to.strength === removed.to.strength ? 0 : 0.5);
  const least = Math.min(...sameSteps.map(distance));
  return sameSteps.find((one) => distance(one) === least)?.[0] ?? null;
};

it('is the nearest change of the same step, the first of equals, and each taken once', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.array(change, { maxLength: 30 }), (given, removed) => {
      const changes = given.map((one, index): Named => [`c${index}`, one]);
      const successors = createSuccessors(changes);
      for (const one of removed) expect(successors.of(one)).toBe(nearest(one, changes));
      const left = [...changes];
      for (const one of removed) {
        const expected = nearest(one, left);
        expect(successors.take(one)).toBe(expected);
        const index = left.findIndex(([id]) => id === expected);
        if (index !== -1) left.splice(index, 1);
      }
    }),
  );
});
