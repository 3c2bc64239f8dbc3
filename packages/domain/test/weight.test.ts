import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMethod, factorsOf, weightOf } from '../src/index.ts';
import type { GroundReason, KnownStatement } from '../src/index.ts';
import { statements } from './arbitrary.ts';
import { statement } from './given.ts';
import { rounds } from './rounds.ts';

const weight = (given: Partial<KnownStatement>): number =>
  weightOf(statement('a', 'support', '2024-01-01', given), defaultMethod);
const on = '2024-01-01';

describe('the weight of a statement', () => {
  it.each<[string, Partial<KnownStatement>, number]>([
    ['self', {}, 1],
    ['spokesperson', { authority: 'spokesperson' }, 0.9],
    ['attributed', { authority: 'attributed' }, 0.7],
    ['an unnamed source', { authority: 'unnamed-source' }, 0.4],
    ['inferred', { authority: 'inferred' }, 0.3],
    ['indirect', { directness: 'indirect' }, 0.8],
    ['paraphrase', { directness: 'paraphrase' }, 0.6],
    ['directness not given', { directness: null }, 0.7],
    ['directness not given in a record', { directness: null, part: 'record' }, 1],
    ['paraphrase in a record', { directness: 'paraphrase', part: 'record' }, 0.6],
    ['headline', { part: 'headline' }, 0.5],
    ['teaser', { part: 'teaser' }, 0.5],
    ['caption', { part: 'caption' }, 0.5],
    ['lead', { part: 'lead' }, 1],
    ['one link', { links: 1 }, 1],
    ['two links', { links: 2 }, 0.7],
    ['three links', { links: 3 }, 0.49],
    ['certainty', { certainty: 0.3 }, 0.3],
    ['extraction confidence', { confidence: 0.25 }, 0.25],
    [
      'all of them',
      { authority: 'attributed', directness: 'indirect', part: 'headline', links: 2, certainty: 0.5, confidence: 0.5 },
      0.049,
    ],
    ['strength does not weigh', { strength: 0.1 }, 1],
    [
      'a vote with part record weighs 1',
      { act: 'vote', part: 'record', certainty: 0.2, authority: 'inferred', directness: 'paraphrase' },
      1,
    ],
    ['a vote told of elsewhere weighs as any statement', { act: 'vote', part: 'body', authority: 'attributed' }, 0.7],
    ['decline weighs nothing', { act: 'decline' }, 0],
    ['unclear weighs nothing', { direction: 'unclear' }, 0],
    ['an unclear vote weighs nothing', { act: 'vote', part: 'record', direction: 'unclear' }, 0],
    ['an endorsement weighs nothing before its ground is known', { act: 'endorse', direction: null }, 0],
    ['a condition takes nothing from the weight', { condition: 'only if asked' }, 1],
  ])('%s', (_, given, expected) => {
    expect(weight(given)).toBeCloseTo(expected, 9);
  });

  it('is the product of its factors', () => {
    fc.assert(
      fc.property(statements(5), (all) => {
        for (const one of all) {
          const product = factorsOf(one, defaultMethod).reduce((value, { factor }) => value * factor, 1);
          expect(weightOf(one, defaultMethod)).toBeCloseTo(product, 8);
        }
      }),
      { numRuns: rounds(100) },
    );
  });
});

describe('the factors of a weight', () => {
  const told = (given: Partial<KnownStatement>): unknown[] =>
    factorsOf(statement('a', 'support', on, given), defaultMethod).map(({ name, value, factor }) => [
      name,
      value,
      Number(factor.toFixed(9)),
    ]);
  const grounded = (weight: number): Partial<KnownStatement> => ({
    act: 'endorse',
    direction: null,
    pointsAt: { holder: 'm', proposition: 'p' },
    certainty: 0.8,
    ground: { direction: 'support', weight, reason: 'endorsed', seen: null, path: [] },
  });

  it('are named, with what was found', () => {
    expect(told({ authority: 'attributed', part: 'headline', certainty: 0.5, confidence: 0.9, links: 1 })).toEqual([
      ['authority', 'attributed', 0.7],
      ['directness', 'direct', 1],
      ['part', 'headline', 0.5],
      ['certainty', '0.5', 0.5],
      ['confidence', '0.9', 0.9],
    ]);
    expect(told({ directness: null, links: 3 })).toEqual([
      ['authority', 'self', 1],
      ['directness', 'notGiven', 0.7],
      ['part', 'notGiven', 1],
      ['chain', '3 links', 0.49],
      ['certainty', '1', 1],
      ['confidence', '1', 1],
    ]);
  });

  it('are one where a vote is in the record', () => {
    expect(told({ act: 'vote', part: 'record', certainty: 0.5 })).toEqual([['recorded-vote', 'record', 1]]);
  });

  it('say where less stands behind the stance that a statement points at, and only there', () => {
    expect(told(grounded(0.6)).at(-1)).toEqual(['ground', 'no more than the 0.6 behind the stance it points at', 0.75]);
    expect(told(grounded(0.8)).at(-1)?.toString()).toBe('confidence,1,1');
    expect(told(grounded(0.9)).at(-1)?.toString()).toBe('confidence,1,1');
  });

  const pointing = (reason: GroundReason): Partial<KnownStatement> => ({
    act: 'endorse',
    direction: null,
    ground: { direction: 'unclear', weight: 0, reason, seen: null, path: [] },
  });

  it.each<[string, Partial<KnownStatement>]>([
    ['declined to say', { act: 'decline' }],
    ['direction unclear', { direction: 'unclear' }],
    ['endorse states no direction of its own', { act: 'endorse', direction: null }],
    ['disowned by d', { disownedBy: { id: 'd', day: 0 } }],
    ['direction unclear', pointing('endorsed')],
    ['direction unclear', pointing('rejected')],
    ['points at no stance', pointing('no-stance')],
    ['points at a stance with too little behind it', pointing('insufficient')],
    ['rejects a stance that takes no side', pointing('rejects-no-side')],
    ['points at a stance of its own holder', pointing('own-stance')],
  ])('say why a statement weighs nothing: %s', (reason, given) => {
    expect(told(given)).toEqual([['no-weight', reason, 0]]);
  });
});
