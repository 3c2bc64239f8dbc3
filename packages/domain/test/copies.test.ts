import { describe, expect, it } from 'vitest';

import type { KnownStatement } from '../src/index.ts';
import { day, fold, roleOf, statement } from './given.ts';

const on = '2024-01-01';
const later = '2024-01-02';

const said = (id: string, date: string, given: Partial<KnownStatement> = {}): KnownStatement =>
  statement(id, 'support', date, { authority: 'attributed', words: 'never', document: 'd', speaker: 'k', ...given });
const copied = (id: string, date: string, given: Partial<KnownStatement> = {}): KnownStatement =>
  said(id, date, { document: 'e', copyOf: 'd', ...given });

/** The same in both orders of arrival. */
const folds = (...all: readonly KnownStatement[]) => [fold(...all), fold(...all.toReversed())];
const rolesIn = (id: string, ...all: readonly KnownStatement[]) => folds(...all).map((history) => roleOf(history, id));
const daysOf = (id: string, ...all: readonly KnownStatement[]) =>
  folds(...all).map(({ placed }) => placed.find((one) => one.statement.id === id)?.day);
const weights = (...all: readonly KnownStatement[]) => folds(...all).map(({ segments }) => segments[0]?.weight);
const disputes = (...all: readonly KnownStatement[]) => folds(...all).map(({ contested }) => contested.length);

/** Weighs nothing, and says but what the publisher of a document is. */
const named = (id: string, document: string, publisher: string | null): KnownStatement =>
  said(id, later, { document, publisher, direction: 'unclear', words: null });
/** Weighs nothing, and says but what a document is a copy of. */
const link = (id: string, document: string, copyOf: string): KnownStatement =>
  said(id, later, { document, copyOf, direction: 'unclear', words: 'link' });
/** Those of the publishers p, q and r with whose words in another document of that day what was said weighs once. */
const publishersOf = (...all: readonly KnownStatement[]): string[] =>
  ['p', 'q', 'r'].filter((publisher) => {
    const elsewhere = said('z', on, { document: 'elsewhere', words: 'else', publisher });
    return weights(...all, elsewhere).every((weight) => weight === 0.7);
  });

describe('the like of a copy’s statement', () => {
  it('has the same speaker, the same words and the same kind of part', () => {
    const original = said('a', on, { part: 'body' });
    expect(rolesIn('b', original, copied('b', on, { part: 'lead' }))).toEqual(['copy', 'copy']);
    expect(rolesIn('b', original, copied('b', on, { speaker: 'l' }))).toEqual(['opened', 'opened']);
    expect(rolesIn('b', original, copied('b', on, { words: 'ever' }))).toEqual(['opened', 'opened']);
    const headline = said('h', on, { direction: 'oppose', part: 'headline', utteranceId: 'h', certainty: 0.9 });
    const copy = copied('i', on, { direction: 'oppose', part: 'headline' });
    expect(disputes(original, headline, copy)).toEqual([0, 0]);
    expect(disputes(original, { ...headline, part: 'caption' }, copy)).toEqual([1, 1]);
  });

  it('is one of the same date, where there is one', () => {
    const [first, second] = [said('a', on), said('b', later)];
    expect(daysOf('c', first, second, copied('c', later))).toEqual([day(later), day(later)]);
    expect(daysOf('c', first, second, copied('c', on))).toEqual([day(on), day(on)]);
    const vague = said('b', `${on}/${later}`, { certainty: 0.9 });
    expect(daysOf('c', said('a', later, { certainty: 0.1 }), vague, copied('c', later))).toEqual([
      day(later),
      day(later),
    ]);
    expect(rolesIn('c', said('a', later, { certainty: 0.1 }), vague, copied('c', later))).toEqual(['opened', 'opened']);
    const january = '2024-01-01/2024-01-31';
    for (const other of ['2024-01-10/2024-01-31', '2024-01-01/2024-01-20']) {
      const original = [said('a', january, { certainty: 0.5 }), said('b', other, { direction: 'oppose' })];
      expect(disputes(...original, copied('c', january, { direction: 'oppose' }))).toEqual([1, 1]);
    }
  });

  it('is of those one of the same direction, then the heaviest, then that with the lowest id', () => {
    const one = said('a', on, { utteranceId: 'u', certainty: 0.5 });
    const against = said('b', on, { utteranceId: 'v', direction: 'oppose', certainty: 0.5 });
    expect(disputes(one, against, copied('c', on, { direction: 'oppose' }))).toEqual([0, 0]);
    expect(disputes(one, against, copied('c', on, { direction: 'support' }))).toEqual([0, 0]);
    const own = { authority: 'self', directness: 'direct' } as const;
    const told = (id: string, certainty: number) => said(id, on, { ...own, utteranceId: id, certainty });
    const copy = copied('c', on, { ...own, certainty: 0.6 });
    expect(weights(told('a', 0.2), told('b', 0.4), copy)).toEqual([0.8, 0.8]);
    expect(weights(told('a', 0.4), told('b', 0.2), copy)).toEqual([0.8, 0.8]);
    const tied = [told('a', 0.4), { ...told('b', 0.4), authority: 'spokesperson' as const, certainty: 0.4 / 0.9 }];
    expect(rolesIn('a', ...tied, copy)).toEqual(['repeats', 'repeats']);
  });

  it('may be missing: then copies of like statements, and no others, are one utterance', () => {
    const first = copied('a', on, { document: 'e', copyOf: 'x' });
    const second = copied('b', on, { document: 'f', copyOf: 'x' });
    expect(rolesIn('b', first, second)).toEqual(['copy', 'copy']);
    expect(rolesIn('b', first, { ...second, words: 'ever' })).toEqual(['opened', 'opened']);
    expect(rolesIn('b', first, { ...second, speaker: 'l' })).toEqual(['opened', 'opened']);
    expect(rolesIn('b', first, { ...second, copyOf: 'y' })).toEqual(['opened', 'opened']);
  });

  it('is not asked for where the copy has an utteranceId of its own', () => {
    expect(rolesIn('b', said('a', on), copied('b', on, { utteranceId: 'u' }))).toEqual(['opened', 'opened']);
  });
});

describe('a headline in a copy', () => {
  const headline = (id: string, date: string, given: Partial<KnownStatement> = {}) =>
    copied(id, date, { direction: 'oppose', words: 'no', part: 'headline', ...given });

  it('is an account of the text of its copy, else of that of the original', () => {
    const original = said('a', on, { part: 'body' });
    expect(daysOf('h', original, headline('h', later))).toEqual([day(on), day(on)]);
    expect(disputes(original, headline('h', later))).toEqual([1, 1]);
    const own = copied('b', later, { part: 'body', words: 'else', direction: 'support' });
    expect(daysOf('h', original, own, headline('h', '2024-01-03'))).toEqual([day(later), day(later)]);
    expect(daysOf('h', { ...original, part: null }, headline('h', later))).toEqual([day(later), day(later)]);
  });
});

describe('the original of a copy', () => {
  it('gives it its publisher, whatever the copy names and on whatever day: of several the first by id', () => {
    const copy = copied('c', on, { publisher: 'r' });
    expect(publishersOf(copy, named('a', 'd', 'p'), named('b', 'd', 'q'))).toEqual(['p']);
    expect(publishersOf(copy, named('a', 'd', null), named('b', 'd', 'q'))).toEqual(['q']);
    expect(publishersOf(copy, named('a', 'e', 'p'))).toEqual([]);
  });

  it('has one publisher on all days for what names none in it, as no document has that was not copied', () => {
    const copy = link('l', 'e', 'd');
    expect(publishersOf(said('a', on), copy, named('b', 'd', 'p'))).toEqual(['p']);
    expect(publishersOf(said('c', on, { publisher: 'q' }), copy, named('b', 'd', 'p'))).toEqual(['q']);
    expect(publishersOf(said('a', on, { document: 'f' }), copy, named('b', 'f', 'p'))).toEqual([]);
  });

  it('is where the chain of copies starts', () => {
    const copy = said('c', on, { document: 'f', copyOf: 'e', publisher: 'r' });
    const publishers = [named('l', 'd', 'p'), named('m', 'e', 'q')];
    expect(publishersOf(copy, ...publishers)).toEqual(['q']);
    expect(publishersOf(copy, link('a', 'e', 'd'), ...publishers)).toEqual(['p']);
  });

  it('is of two that a document is said to be a copy of that with the lowest id, and never the document itself', () => {
    const copy = said('c', on, { document: 'f', copyOf: 'e' });
    const publishers = [named('l', 'd', 'p'), named('m', 'g', 'q')];
    expect(publishersOf(copy, link('a', 'e', 'g'), link('b', 'e', 'd'), ...publishers)).toEqual(['p']);
    expect(publishersOf(copy, link('a', 'e', 'e'), link('b', 'e', 'g'), ...publishers)).toEqual(['q']);
  });
});

describe('a ring of copies', () => {
  it('has its lowest id for the original, whichever was read first', () => {
    const ring = [
      said('a', on, { document: 'x', copyOf: 'z', publisher: 'p' }),
      said('b', on, { document: 'z', copyOf: 'y', publisher: 'q' }),
      said('c', on, { document: 'y', copyOf: 'x', publisher: 'r' }),
    ];
    expect(weights(...ring)).toEqual([0.7, 0.7]);
    const entering = said('d', on, { document: 'w', copyOf: 'y', publisher: 's', words: 'ever' });
    expect(weights(...ring, entering)).toEqual([0.7, 0.7]);
  });

  it('has no original outside, though a document of a lower id leads into it', () => {
    const ring = [link('1', 'x', 'z'), link('2', 'z', 'y'), link('3', 'y', 'x')];
    const publishers = [named('l', 'x', 'p'), named('m', 'y', 'q'), named('n', 'z', 'r'), named('o', 'b', 'q')];
    const entering = said('c', on, { document: 'c', copyOf: 'b' });
    expect(publishersOf(entering, link('4', 'b', 'y'), ...ring, ...publishers)).toEqual(['p']);
  });

  it('has copies of the original, which is none itself', () => {
    const [original, copy] = [
      said('a', on, { document: 'x', copyOf: 'y' }),
      said('b', on, { document: 'y', copyOf: 'x' }),
    ];
    expect(rolesIn('a', { ...original, certainty: 0.5 }, copy)).toEqual(['repeats', 'repeats']);
    expect(rolesIn('b', original, { ...copy, certainty: 0.5 })).toEqual(['copy', 'copy']);
  });

  it('of one is none', () => {
    expect(rolesIn('a', said('a', on, { copyOf: 'd' }))).toEqual(['opened', 'opened']);
  });
});
