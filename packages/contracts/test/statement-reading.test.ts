import { checkStatement, deriveStatementId, readStatementInput } from '@stance/contracts';
import { dayOf } from '@stance/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const receivedOn = dayOf(Date.UTC(2024, 5, 10));
const least = { holder: 'macron', proposition: 'trainers', direction: 'support', saidAt: '2024-06-08' };

const read = (input: unknown) => {
  const reading = readStatementInput(input, { receivedOn });
  return 'ok' in reading ? reading.ok : reading.problems;
};
const problemsOf = (input: unknown): string[] => {
  const reading = readStatementInput(input, { receivedOn });
  return 'ok' in reading ? [] : reading.problems.map(({ path, message }) => `${path}: ${message}`);
};

describe('reading a statement', () => {
  it('fills in the act, the authority and the id', () => {
    expect(read(least)).toEqual({
      id: expect.stringMatching(/^s-[0-9a-f]{32}$/),
      content: { ...least, act: 'assert', authority: 'self' },
    });
  });

  it('takes the words of another speaker as attributed', () => {
    expect(read({ ...least, speaker: 'kirby' })).toMatchObject({
      content: { authority: 'attributed', speaker: 'kirby' },
    });
  });

  it('takes the holder as speaker for the holder speaking', () => {
    expect(read({ ...least, speaker: 'macron' })).toEqual(read(least));
    expect(read({ ...least, speaker: 'macron', authority: 'self' })).toEqual(read(least));
  });

  it('refuses a statement that replaces itself, whoever gave it its id', () => {
    expect(problemsOf({ ...least, id: 'a', replaces: 'a' })).toEqual(['replaces: names the statement itself']);
    expect(problemsOf({ ...least, id: 'a', replaces: 'b' })).toEqual([]);
    const id = deriveStatementId({ ...least, direction: 'support', act: 'assert', authority: 'self' });
    expect(problemsOf({ ...least, replaces: id })).toEqual(['replaces: names the statement itself']);
  });

  it("keeps the caller's id", () => {
    expect(read({ ...least, id: 'a:b~1' })).toMatchObject({ id: 'a:b~1' });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])('takes %s as an id like any other', (id) => {
    expect(read({ ...least, id, holder: id, proposition: id })).toMatchObject({ id, content: { holder: id } });
  });

  it('takes dates in all their forms', () => {
    for (const saidAt of [
      '2024',
      '2024-06',
      '2024-06-08?',
      '../2020',
      '2024-06-01/2024-06-08',
      '2024-06-08T23:00:00+01:00',
    ]) {
      expect(problemsOf({ ...least, saidAt }), saidAt).toEqual(
        saidAt === '2024' || saidAt === '2024-06' ? [expect.stringMatching(/^saidAt: .*day of receipt/)] : [],
      );
      expect(problemsOf({ ...least, saidAt, source: { publishedAt: '2024-06-09' } }), saidAt).toEqual([]);
    }
  });

  it('takes the day of publication where nothing else is said', () => {
    const { saidAt: _none, ...undated } = least;
    expect(problemsOf({ ...undated, source: { publishedAt: '2024-06-09T10:00:00Z' } })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['null', null, ': Invalid input: expected object, received null'],
    ['a list', [least], ': Invalid input: expected object, received array'],
    ['no holder', { ...least, holder: undefined }, 'holder: is required'],
    [
      'a holder that is no id',
      { ...least, holder: 'Emmanuel Macron' },
      'holder: must match [A-Za-z0-9][A-Za-z0-9._:~-]{0,127}',
    ],
    ['an id of 129 characters', { ...least, id: 'a'.repeat(129) }, 'id: must match [A-Za-z0-9][A-Za-z0-9._:~-]{0,127}'],
    ['a prototype name as an id', { ...least, id: '__proto__' }, 'id: must match [A-Za-z0-9][A-Za-z0-9._:~-]{0,127}'],
    ['an unknown field', { ...least, stance: 1 }, 'stance: unknown field'],
    [
      'a prototype field',
      JSON.parse('{"__proto__":{},"holder":"a","proposition":"b","direction":"oppose","saidAt":"2020"}'),
      '__proto__: unknown field',
    ],
    ['an unknown field inside', { ...least, source: { constructor: 1 } }, 'source.constructor: unknown field'],
    [
      'a direction of our own',
      { ...least, direction: 'for' },
      'direction: must be one of support, oppose, neutral, mixed, unclear',
    ],
    ['no direction', { ...least, direction: undefined }, 'direction: is required'],
    ['no direction of a vote', { ...least, direction: undefined, act: 'vote' }, 'direction: is required'],
    ['a strength above 1', { ...least, strength: 1.5 }, 'strength: Too big: expected number to be <=1'],
    [
      'a certainty that is no number',
      { ...least, certainty: Number.NaN },
      'certainty: Invalid input: expected number, received NaN',
    ],
    [
      'a strength that is infinite',
      { ...least, strength: Number.POSITIVE_INFINITY },
      'strength: Invalid input: expected number, received Infinity',
    ],
    [
      'half a surrogate pair',
      { ...least, condition: 'if \ud800' },
      'condition: must not hold control characters or unpaired surrogates',
    ],
    [
      'a control character',
      { ...least, source: { title: 'a\u0007b' } },
      'source.title: must not hold control characters or unpaired surrogates',
    ],
    ['a blank name', { ...least, source: { publisher: '   ' } }, 'source.publisher: must not be blank'],
    [
      'a script as URL',
      { ...least, source: { url: 'javascript:alert(1)' } },
      'source.url: must be an http or https URL',
    ],
    ['no date at all', { ...least, saidAt: undefined }, 'saidAt: one of saidAt and source.publishedAt is required'],
    ['a date that does not exist', { ...least, saidAt: '2023-02-29' }, 'saidAt: there is no such date: "2023-02-29"'],
    [
      'a date after the day of receipt',
      { ...least, saidAt: '2024-06-11' },
      'saidAt: saidAt ends on 2024-06-11, and without source.publishedAt it may not go beyond the day of receipt (2024-06-10)',
    ],
    [
      'a date after its publication',
      { ...least, source: { publishedAt: '2024-06-07' } },
      'saidAt: saidAt begins on 2024-06-08, after it was published (2024-06-07)',
    ],
    [
      'from after to',
      { ...least, saidAt: '2024-06-08/2024-06-05' },
      'saidAt: "2024-06-08/2024-06-05" ends before it begins',
    ],
    [
      'a wrong date of publication',
      { ...least, source: { publishedAt: '2024-13' } },
      'source.publishedAt: there is no such date: "2024-13"',
    ],
    [
      'a publication without end',
      { ...least, source: { publishedAt: '2024-06/..' } },
      'source.publishedAt: source.publishedAt has no end, so nothing says when it was published at the latest',
    ],
    ['a wrong heldSince', { ...least, heldSince: '2022-02-30' }, 'heldSince: there is no such date: "2022-02-30"'],
    [
      'a start without an end',
      { ...least, quote: { exact: 'yes', directness: 'direct', start: 3 } },
      'quote.end: is required where `start` is given',
    ],
    [
      'an end without a start',
      { ...least, quote: { exact: 'yes', directness: 'direct', end: 3 } },
      'quote.start: is required where `end` is given',
    ],
    [
      'offsets of another length',
      { ...least, quote: { exact: '🙂', directness: 'direct', start: 3, end: 4 } },
      'quote.end: end - start is 1, but `exact` is 2 UTF-16 units long',
    ],
    [
      'a quote of 10,001 characters',
      { ...least, quote: { exact: 'x'.repeat(10_001), directness: 'direct' } },
      'quote.exact: Too big: expected string to have <=10000 characters',
    ],
    ['a quote without directness', { ...least, quote: { exact: 'x' } }, 'quote.directness: is required'],
    [
      'authority self of another speaker',
      { ...least, speaker: 'kirby', authority: 'self' },
      'authority: cannot be `self` where somebody other than the holder speaks',
    ],
    [
      'a direction with an endorsement',
      { ...least, act: 'endorse', endorses: { holder: 'b' } },
      'direction: must not be given with the act `endorse`',
    ],
    [
      'an endorsement of nobody',
      { ...least, direction: undefined, act: 'reject' },
      'endorses: is required with the act `reject`',
    ],
    [
      'endorses with another act',
      { ...least, endorses: { holder: 'b' } },
      'endorses: belongs to the acts `endorse` and `reject` only',
    ],
    [
      'disowning nothing',
      { ...least, direction: undefined, act: 'disown' },
      'disowns: is required with the act `disown`',
    ],
    [
      'disowns with another act',
      { ...least, disowns: { statementId: 'b' } },
      'disowns: belongs to the act `disown` only',
    ],
    ['a language that is no tag', { ...least, language: 'in English' }, 'language: must be a BCP 47 tag'],
  ])('refuses %s', (_what, input, problem) => {
    expect(problemsOf(input)).toEqual([problem]);
  });

  it('refuses what is nested without end, without running out of stack', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 30_000; level += 1) deep = [deep];
    expect(problemsOf({ ...least, source: deep })).toEqual(['source: Invalid input: expected object, received array']);
    expect(problemsOf({ ...least, other: deep })).toEqual(['other: unknown field']);
  });

  it('names every field that is wrong, up to a bound', () => {
    expect(problemsOf({ ...least, holder: 1, strength: 'x', foo: 1, bar: 2 })).toHaveLength(4);
    expect(problemsOf(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, 1])))).toHaveLength(50);
  });

  it('accepts nothing whose content breaks a rule, whatever comes in', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (input) => {
        const reading = readStatementInput(input, { receivedOn });
        expect('ok' in reading ? checkStatement(reading.ok.content, { receivedOn }) : []).toEqual([]);
      }),
    );
  });
});

describe('the derived id', () => {
  const content = {
    holder: 'a',
    proposition: 'b',
    direction: 'support',
    act: 'assert',
    authority: 'self',
    saidAt: '2024',
  } as const;

  it('does not depend on the order of keys', () => {
    const source = { id: 'x', publisher: 'y', part: 'body' } as const;
    const turned = { part: 'body', publisher: 'y', id: 'x' } as const;
    const { holder, ...rest } = content;
    expect(deriveStatementId({ ...content, source })).toBe(deriveStatementId({ ...rest, source: turned, holder }));
  });

  it('never changes for a statement that was once submitted', () => {
    expect(deriveStatementId(content)).toBe('s-565204d17e646168c4643cb037234f2e');
  });

  it.each<[string, object]>([
    ['holder', { holder: 'z' }],
    ['proposition', { proposition: 'z' }],
    ['direction', { direction: 'oppose' }],
    ['act', { act: 'deny' }],
    ['saidAt', { saidAt: '2023' }],
    ['speaker', { speaker: 'z' }],
    ['source', { source: { id: 'z' } }],
    ['quote', { quote: { exact: 'z', directness: 'direct' } }],
    ['endorses', { endorses: { holder: 'z' } }],
    ['disowns', { disowns: { statementId: 'z' } }],
    ['utteranceId', { utteranceId: 'z' }],
    ['condition', { condition: 'z' }],
  ])('changes with %s', (_field, change) => {
    expect(deriveStatementId({ ...content, ...change })).not.toBe(deriveStatementId(content));
  });

  it.each<[string, object]>([
    ['strength', { strength: 0.5 }],
    ['certainty', { certainty: 0.5 }],
    ['authority', { authority: 'attributed' }],
    ['extraction', { extraction: { method: 'z' } }],
    ['language', { language: 'fr' }],
  ])('does not change with %s', (_field, change) => {
    expect(deriveStatementId({ ...content, ...change })).toBe(deriveStatementId(content));
  });
});
