import { describe, expect, it } from 'vitest';

import type { KnownStatement } from '../src/index.ts';
import { nothingSeen, refersTo, tokensOf, withTokens } from '../src/seen.ts';
import { statement } from './given.ts';

const said = (given: Partial<KnownStatement>): KnownStatement => statement('s', 'support', '2024-01-01', given);
const seen = (...all: readonly Partial<KnownStatement>[]) =>
  all.reduce((filters, given) => withTokens(filters, tokensOf(said(given))), nothingSeen);
const names = Array.from({ length: 100 }, (_, index) => `name ${index}`);
const others = Array.from({ length: 2000 }, (_, index) => `other ${index}`);

describe('what was seen', () => {
  it.each<[string, Partial<KnownStatement>, Partial<KnownStatement>, boolean]>([
    ['an utteranceId, by the same one', { utteranceId: 'n' }, { utteranceId: 'n' }, true],
    ['an utteranceId, by no document', { utteranceId: 'n' }, { document: 'n', part: 'body' }, false],
    ['a headline, by text of its document', { document: 'n', part: 'headline' }, { document: 'n', part: 'body' }, true],
    ['a headline, by none other', { document: 'n', part: 'headline' }, { document: 'n', part: 'headline' }, false],
    [
      'a headline with an utteranceId, by no text',
      { document: 'n', part: 'headline', utteranceId: 'u' },
      { document: 'n', part: 'body' },
      false,
    ],
    ['text, by a headline of its document', { document: 'n', part: 'lead' }, { document: 'n', part: 'teaser' }, true],
    [
      'text, by no headline with an utteranceId',
      { document: 'n', part: 'lead' },
      { document: 'n', part: 'teaser', utteranceId: 'u' },
      false,
    ],
    ['text, by no other text', { document: 'n', part: 'lead' }, { document: 'n', part: 'body' }, false],
    ['what is neither, by nothing', { document: 'n', part: 'record' }, { document: 'n', part: 'body' }, false],
    ['the original of a copy, by whatever is said in it', { document: 'm', copyOf: 'n' }, { document: 'n' }, true],
    ['a copy, by nothing', { document: 'm', copyOf: 'n' }, { document: 'm' }, false],
    ['nothing, by nothing', {}, {}, false],
  ])('can be referred to: %s', (_, before, later, expected) => {
    expect(refersTo(seen(before), said(later))).toBe(expected);
    expect(refersTo(nothingSeen, said(later))).toBe(false);
  });

  it('is never forgotten, and seldom mistaken for something else', () => {
    const filters = seen(...names.map((utteranceId) => ({ utteranceId })));
    expect(names.filter((utteranceId) => !refersTo(filters, said({ utteranceId })))).toEqual([]);
    expect(others.filter((utteranceId) => refersTo(filters, said({ utteranceId }))).length).toBeLessThan(60);
  });

  it('is the same in whatever order it came', () => {
    const given = names.map((utteranceId) => ({ utteranceId }));
    expect(seen(...given)).toEqual(seen(...given.toReversed()));
  });

  it('takes no more room for more names', () => {
    const sizeOf = (count: number): number =>
      seen(...others.slice(0, count).map((utteranceId) => ({ utteranceId }))).flat().length;
    expect(sizeOf(2000)).toBe(sizeOf(1));
  });
});
