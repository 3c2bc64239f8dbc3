import { describe, expect, it } from 'vitest';

import { documentOf, toKnownStatement, wordsOf } from '../src/index.ts';
import type { RecordedStatement } from '../src/index.ts';
import { day } from './given.ts';

const recordedAt = Date.parse('2024-07-01T12:00:00Z');
const least: RecordedStatement = {
  holder: 'h',
  proposition: 'p',
  direction: 'support',
  act: 'assert',
  saidAt: '2024-06-05',
  authority: 'self',
};

describe('a recorded statement', () => {
  it('comes to the rules with its defaults', () => {
    expect(toKnownStatement('s', recordedAt, least)).toEqual({
      id: 's',
      holder: 'h',
      speaker: 'h',
      direction: 'support',
      act: 'assert',
      strength: null,
      certainty: 1,
      confidence: 1,
      said: { earliest: day('2024-06-05'), latest: day('2024-06-05'), assumed: false },
      heldSince: null,
      authority: 'self',
      links: 0,
      part: null,
      directness: null,
      words: null,
      utteranceId: null,
      publisher: null,
      document: null,
      copyOf: null,
      condition: null,
      pointsAt: null,
      disowns: null,
      ground: null,
      disownedBy: null,
    });
  });

  it('comes to the rules with all it says', () => {
    expect(
      toKnownStatement('s', recordedAt, {
        ...least,
        speaker: 'k',
        authority: 'spokesperson',
        strength: 0.5,
        certainty: 0.6,
        heldSince: '2022-02',
        reportedBy: [{ name: 'x' }, { name: 'y' }],
        source: {
          id: 'd',
          url: 'https://example.org',
          publisher: 'p',
          publishedAt: '2024-06-06',
          copyOf: 'e',
          part: 'body',
        },
        quote: { exact: '“It was the case then …”', directness: 'direct' },
        utteranceId: 'u',
        condition: 'only if asked',
        extraction: { confidence: 0.7 },
      }),
    ).toMatchObject({
      speaker: 'k',
      strength: 0.5,
      certainty: 0.6,
      confidence: 0.7,
      heldSince: { earliest: day('2022-02-01'), latest: day('2022-02-28') },
      links: 2,
      part: 'body',
      directness: 'direct',
      words: 'it was the case then',
      utteranceId: 'u',
      publisher: 'p',
      document: 'd',
      copyOf: 'e',
      condition: 'only if asked',
    });
  });

  it('is not refused for its stamp, which a clock that was set back may have put before what it says', () => {
    const saidOf = (saidAt: string) => toKnownStatement('s', recordedAt, { ...least, saidAt }).said;
    const next = day('2024-07-02');
    expect(saidOf('2024-07-02')).toEqual({ earliest: next, latest: next, assumed: false });
    expect(saidOf('2024-06/..')).toEqual({ earliest: day('2024-06-01'), latest: day('2024-07-01'), assumed: false });
    expect(saidOf('2024-07-02/..')).toEqual({ earliest: next, latest: next, assumed: false });
  });

  it('names holders as they answer after merges, and the stance it points at, on its own proposition if on no other', () => {
    const survivor = (actor: string): string => actor.toUpperCase();
    const known = (given: Partial<RecordedStatement>) =>
      toKnownStatement('s', recordedAt, { ...least, ...given }, survivor);
    expect(known({})).toMatchObject({ holder: 'H', speaker: 'H', pointsAt: null });
    expect(known({ speaker: 'k' })).toMatchObject({ holder: 'H', speaker: 'K' });
    expect(known({ act: 'endorse', endorses: { holder: 'm' } }).pointsAt).toEqual({ holder: 'M', proposition: 'p' });
    expect(known({ act: 'reject', endorses: { holder: 'm', proposition: 'q' } })).toMatchObject({
      act: 'reject',
      pointsAt: { holder: 'M', proposition: 'q' },
    });
    expect(known({ act: 'disown', disowns: { statementId: 't' } }).disowns).toEqual({ statementId: 't' });
  });

  it('knows its document by id, else by URL, else by publisher, title and publication together', () => {
    expect(documentOf({ id: 'd', url: 'https://example.org' })).toBe('d');
    expect(documentOf({ url: 'https://example.org', title: 't' })).toBe('https://example.org');
    const titled = documentOf({ publisher: 'p', title: 't', publishedAt: '2024-06-06' });
    expect(titled).not.toBe(documentOf({ publisher: 'q', title: 't', publishedAt: '2024-06-06' }));
    expect(titled).not.toBe(documentOf({ publisher: 'p', title: 't', publishedAt: '2024-06-07' }));
    expect(documentOf({ publisher: 'p', publishedAt: '2024-06-06' })).toBeNull();
    expect(documentOf({ title: 't' })).toBe('\nt\n');
    expect(titled).toBe('p\nt\n2024-06-06');
    expect(toKnownStatement('s', recordedAt, { ...least, source: { publisher: 'p' } }).document).toBeNull();
  });
});

describe('the words of a quote', () => {
  it.each([
    [
      '“It was the case then, and it will continue to be the case,”',
      'it was the case then and it will continue to be the case',
    ],
    ['We DON’T  want\n a war', 'we dont want a war'],
    ["We don't want a war!", 'we dont want a war'],
    ['ÉLYSÉE — «oui»', 'élysée oui'],
    ['e\u0301lyse\u0301e', 'élysée'],
    ['Никогда!', 'никогда'],
    ['我们不要战争。', '我们不要战争'],
    ['ﬁnal', 'final'],
    ['…!', null],
  ])('of %s are %s', (quote, words) => {
    expect(wordsOf(quote)).toBe(words);
  });
});
