import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMethod, foldHistory, formatDay, jointMovesOf, movesIn } from '../src/index.ts';
import type { History, Move } from '../src/index.ts';
import { statements } from './arbitrary.ts';
import { day, fold, statement, vote } from './given.ts';
import { rounds } from './rounds.ts';

const period = (from: string | null, to: string) => ({ from: from === null ? null : day(from), to: day(to) });

describe('the moves of a period', () => {
  const told = (from: string | null, to: string) => {
    const history = fold(
      vote('a', 'support', '2024-01-01'),
      vote('b', 'oppose', '2024-02-01'),
      statement('c', 'support', '2024-03-01', { authority: 'inferred' }),
      vote('d', 'oppose', '2024-04-01'),
      vote('e', 'neutral', '2024-05-01'),
    );
    const { first, moved } = movesIn(history, period(from, to));
    return [first?.kind, ...moved.map(({ kind, at }) => `${kind} ${formatDay(at)}`)];
  };

  it('are its confirmed changes, the first apart, both ends included', () => {
    expect(told(null, '2024-12-31')).toEqual(['first', 'reversal 2024-02-01', 'to-neutral 2024-05-01']);
    expect(told('2024-02-01', '2024-05-01')).toEqual([undefined, 'reversal 2024-02-01', 'to-neutral 2024-05-01']);
    expect(told('2024-01-01', '2024-02-01')).toEqual(['first', 'reversal 2024-02-01']);
    expect(told('2024-02-02', '2024-04-30')).toEqual([undefined]);
  });

  it('are none of what was said under a condition', () => {
    const conditional = fold(
      statement('a', 'support', '2024-01-01', { condition: 'if asked' }),
      statement('b', 'oppose', '2024-02-01', { condition: 'if asked' }),
      statement('c', 'support', '2024-03-01'),
    );
    const { first, moved } = movesIn(conditional, period(null, '2024-12-31'));
    expect([first?.openedBy, ...moved]).toEqual(['c']);
  });

  it('of two periods that meet are those of both together', () => {
    fc.assert(
      fc.property(statements(16), fc.integer({ min: -1, max: 14 }), (all, at) => {
        const folded = foldHistory(all, defaultMethod);
        const whole = movesIn(folded, { from: -1, to: 20 });
        const before = movesIn(folded, { from: -1, to: at });
        const after = movesIn(folded, { from: at + 1, to: 20 });
        expect([...before.moved, ...after.moved]).toEqual(whole.moved);
        expect(before.first ?? after.first).toEqual(whole.first);
      }),
      { numRuns: rounds(1000) },
    );
  });
});

describe('holders move together', () => {
  const moves = (holder: string, proposition: string, history: History): Move<string>[] =>
    movesIn(history, period(null, '2030-01-01')).moved.map((change) => ({ holder, proposition, change }));
  const turned = (date: string): History => fold(vote('a', 'support', '2020-01-01'), vote('b', 'oppose', date));

  it('where they go to one direction on one proposition, with the days', () => {
    const all = [
      ...moves('bob', 'tax', turned('2024-03-01')),
      ...moves('ann', 'tax', turned('2024-02-01')),
      ...moves('cem', 'war', turned('2024-02-01')),
      ...moves('dot', 'tax', fold(vote('a', 'support', '2020-01-01'), vote('b', 'neutral', '2024-02-01'))),
    ];
    expect(jointMovesOf(all)).toEqual([
      {
        proposition: 'tax',
        to: 'oppose',
        holders: [
          { holder: 'ann', days: [day('2024-02-01')] },
          { holder: 'bob', days: [day('2024-03-01')] },
        ],
      },
    ]);
  });

  it('not by becoming more or less firm', () => {
    const firmer = fold(
      statement('a', 'support', '2024-01-01', { strength: 0.2 }),
      statement('b', 'support', '2024-02-01', { strength: 0.9 }),
    );
    expect(moves('ann', 'tax', firmer).map(({ change }) => change.kind)).toEqual(['hardening']);
    expect(jointMovesOf([...moves('ann', 'tax', firmer), ...moves('bob', 'tax', firmer)])).toEqual([]);
  });

  it('the same two from either side, and every day of theirs once', () => {
    const histories = fc.array(statements(12), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        histories.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
        ),
        ([all, order]) => {
          const movesOf = (index: number): Move<number>[] =>
            movesIn(foldHistory(all[index] ?? [], defaultMethod), { from: null, to: 20 }).moved.map((change) => ({
              holder: index,
              proposition: 0,
              change,
            }));
          const inOrder = [...all.keys()].flatMap(movesOf);
          const joint = (given: readonly Move<number>[]) =>
            jointMovesOf(given)
              .map(({ to, holders }) => [to, holders.toSorted((a, b) => a.holder - b.holder)] as const)
              .toSorted(([a], [b]) => (a < b ? -1 : 1));
          expect(joint(order.flatMap(movesOf))).toEqual(joint(inOrder));
          for (const [to, holders] of joint(inOrder)) {
            expect(holders.length).toBeGreaterThan(1);
            for (const { holder, days } of holders) {
              const own = inOrder.filter(
                ({ holder: of, change }) => of === holder && change.track === 'direction' && change.to.direction === to,
              );
              expect(days).toEqual(own.map(({ change }) => change.at));
            }
          }
        },
      ),
      { numRuns: rounds(500) },
    );
  });
});
