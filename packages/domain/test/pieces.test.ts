import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  defaultMethod,
  explainHistory,
  explainInPieces,
  foldHistory,
  foldInPieces,
  groundHistories,
  groundInPieces,
  historyId,
  saysAndDoes,
  saysAndDoesInPieces,
} from '../src/index.ts';
import type { History, KnownStatement, Method, Pieces } from '../src/index.ts';
import { aPiece, atOnce, mapped, sorted } from '../src/pieces.ts';
import { statements } from './arbitrary.ts';
import { statement } from './given.ts';
import { histories, of, points } from './pointing.ts';
import { rounds } from './rounds.ts';

/** Statements of every kind, said again and again until they are more than a piece, or than several. */
const many: fc.Arbitrary<KnownStatement[]> = fc
  .tuple(statements(16), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 14 }))
  .map(([all, pieces, shift]) =>
    Array.from({ length: Math.ceil((pieces * aPiece) / Math.max(1, all.length)) }, (_, time) =>
      all.map((one) => ({
        ...one,
        id: `${one.id}-${String(time)}`,
        said: {
          ...one.said,
          earliest: one.said.earliest === null ? null : one.said.earliest + time * shift,
          latest: one.said.latest + time * shift,
        },
      })),
    ).flat(),
  );

/** Drives works by turns, each so many pieces as it is told; resolves to their results. */
const byTurns = <Result>(works: readonly Pieces<Result>[], turns: readonly number[]): Result[] => {
  const results = new Map<number, Result>();
  for (let turn = 0; results.size < works.length; turn += 1) {
    const index = turn % works.length;
    for (let piece = 0; piece < (turns[turn % turns.length] ?? 1) && !results.has(index); piece += 1) {
      const next = works[index]?.next();
      if (next?.done === true) results.set(index, next.value);
    }
  }
  return works.map((_, index) => results.get(index) as Result);
};

const piecesOf = (work: Pieces<unknown>): number => {
  let count = 1;
  while (work.next().done !== true) count += 1;
  return count;
};

/** One a day, votes and words, and all of them with something to say. */
const aDayEach = (count: number): KnownStatement[] =>
  Array.from({ length: count }, (_, day) => ({
    ...statement(`s${String(day)}`, day % 7 === 0 ? 'oppose' : 'support', '2000', { act: day % 2 ? 'vote' : 'assert' }),
    said: { earliest: day, latest: day, assumed: false },
  }));

describe('a fold in pieces', () => {
  it('comes to what the fold at once comes to, whatever else is folded in between', () => {
    fc.assert(
      fc.property(many, many, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (one, other, turns) => {
        const folds = byTurns([foldInPieces(one, defaultMethod), foldInPieces(other, defaultMethod)], turns);
        const expected = [foldHistory(one, defaultMethod), foldHistory(other, defaultMethod)];
        expect(isDeepStrictEqual(folds, expected)).toBe(true);
      }),
      { numRuns: rounds(100) },
    );
  }, 300_000);

  it('is the same in whatever order very many statements are given', () => {
    const shuffled = many.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, some]) => {
        expect(isDeepStrictEqual(foldHistory(some, defaultMethod), foldHistory(all, defaultMethod))).toBe(true);
      }),
      { numRuns: rounds(100) },
    );
  }, 300_000);

  it('hands back control more often the longer the history, and never where it is short', () => {
    expect(piecesOf(foldInPieces(aDayEach(aPiece / 2), defaultMethod))).toBe(1);
    const pieces = [10, 20].map((times) => piecesOf(foldInPieces(aDayEach(times * aPiece), defaultMethod)));
    expect(pieces[0]).toBeGreaterThan(50);
    expect(pieces[1]).toBeGreaterThanOrEqual(2 * (pieces[0] ?? 0));
  });
});

type Told = [History, Method];

describe('what else is done in pieces', () => {
  const long = foldHistory(aDayEach(3 * aPiece), defaultMethod);

  it.each([
    ['an explanation', explainInPieces, explainHistory],
    ['words against votes', saysAndDoesInPieces, saysAndDoes],
  ])('comes to the same: %s', (_, inPieces: (...told: Told) => Pieces<unknown>, whole: (...told: Told) => unknown) => {
    expect(byTurns([inPieces(long, defaultMethod)], [1])).toEqual([whole(long, defaultMethod)]);
    expect(piecesOf(inPieces(long, defaultMethod))).toBeGreaterThan(10);
  });

  it('comes to the same: what very many statements that point at each other rest on', () => {
    const count = 3 * aPiece;
    const said = aDayEach(count).map((one) => ({ ...one, holder: 'a', speaker: 'a' }));
    const pointing = Array.from({ length: count }, (_, day) => ({
      ...points('b', `b${String(day)}`, of('a'), '2000'),
      said: { earliest: day, latest: day, assumed: false },
    }));
    const world = histories([...said, ...pointing]);
    expect(piecesOf(groundInPieces(world, defaultMethod))).toBeGreaterThan(10);
    const grounded = groundHistories(world, defaultMethod).get(historyId(of('b'))) ?? [];
    expect(grounded.filter(({ ground }) => ground?.direction === 'support').length).toBeGreaterThan(count / 2);
  });
});

describe('lists in pieces', () => {
  const items = fc.array(fc.record({ key: fc.nat(50), name: fc.nat() }), { maxLength: 5 * aPiece, size: 'max' });

  it('are sorted as at once, what is equal left in its order', () => {
    fc.assert(
      fc.property(items, (all) => {
        const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
        expect(atOnce(sorted([...all], compare))).toEqual(all.toSorted(compare));
      }),
      { numRuns: rounds(200) },
    );
  }, 300_000);

  it('are mapped as at once', () => {
    const numbers = Array.from({ length: 2 * aPiece + 1 }, (_, index) => index);
    const work = mapped(numbers, (number) => number * 2);
    expect(atOnce(work)).toEqual(numbers.map((number) => number * 2));
    expect(piecesOf(mapped(numbers, String))).toBe(3);
  });
});
