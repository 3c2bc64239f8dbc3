import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { agreementsOf } from '../src/index.ts';
import type { HeldStance, StanceDirection } from '../src/index.ts';
import { rounds } from './rounds.ts';

const holders = ['ann', 'bob', 'cem', 'dot'];

const stances: fc.Arbitrary<HeldStance<string>[]> = fc.uniqueArray(
  fc.record({
    holder: fc.constantFrom(...holders),
    proposition: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
    direction: fc.constantFrom<StanceDirection>('support', 'oppose', 'neutral', 'mixed'),
  }),
  { selector: ({ holder, proposition }) => `${holder} ${proposition}` },
);

const pair = (a: string, b: string): string => [a, b].toSorted().join(' ');

/** The counts by pair, in no order. */
const counts = (of: readonly string[], held: readonly HeldStance<string>[]) =>
  new Map(agreementsOf(of, held).map(({ a, b, ...rest }) => [pair(a, b), rest]));

describe('the agreement of two holders', () => {
  it('counts what both have a stance on, what they agree on and what they oppose each other on', () => {
    const held = (holder: string, ...directions: (StanceDirection | null)[]): HeldStance<string>[] =>
      directions.flatMap((direction, index) =>
        direction === null ? [] : [{ holder, proposition: `p${String(index)}`, direction }],
      );
    const all = [
      ...held('ann', 'support', 'support', 'neutral', 'mixed', 'oppose', null),
      ...held('bob', 'support', 'oppose', 'neutral', 'oppose', null, 'support'),
    ];
    expect(agreementsOf(['ann', 'bob'], all)).toEqual([{ a: 'ann', b: 'bob', both: 4, agree: 2, oppose: 1, other: 1 }]);
  });

  it('is told once for each two holders, those without a stance included', () => {
    expect(agreementsOf(holders, []).map(({ a, b }) => `${a} ${b}`)).toEqual([
      'ann bob',
      'ann cem',
      'ann dot',
      'bob cem',
      'bob dot',
      'cem dot',
    ]);
    expect(agreementsOf(['ann'], [])).toEqual([]);
  });

  it('is the same from either side and for any order of holders and stances', () => {
    fc.assert(
      fc.property(
        stances.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.shuffledSubarray(holders, { minLength: holders.length }),
        ([all, shuffled], others) => {
          expect(counts(others, shuffled)).toEqual(counts(holders, all));
        },
      ),
      { numRuns: rounds(2000) },
    );
  });

  it('adds up, and is full where two hold the same', () => {
    fc.assert(
      fc.property(stances, (all) => {
        for (const { both, agree, oppose, other, a, b } of agreementsOf(holders, all)) {
          expect(agree + oppose + other).toBe(both);
          const of = (holder: string) => all.filter((one) => one.holder === holder);
          expect(both).toBeLessThanOrEqual(Math.min(of(a).length, of(b).length));
        }
        const twin = all.filter(({ holder }) => holder === 'ann').map((one) => ({ ...one, holder: 'twin' }));
        const [same] = agreementsOf(['ann', 'twin'], [...all, ...twin]);
        expect(same).toMatchObject({ both: twin.length, agree: twin.length });
      }),
      { numRuns: rounds(2000) },
    );
  });

  it('is told for some holders as it is among all', () => {
    fc.assert(
      fc.property(stances, fc.subarray(holders), (all, some) => {
        const among = counts(holders, all);
        for (const [key, told] of counts(some, all)) expect(told).toEqual(among.get(key));
      }),
      { numRuns: rounds(1000) },
    );
  });
});
