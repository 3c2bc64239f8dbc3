import { defaultMethod, numbersOf } from '@stance/domain';
import { describe, expect, test } from 'vitest';

import { readMethodFile } from '../src/index.ts';

const whole = { ...defaultMethod, name: 'mine' };
const based = { name: 'mine', version: 1, basedOn: 'default', strong: 0.9, reasons: { strong: 'Only the holder.' } };

const problemsOf = (value: unknown): Record<string, string> => {
  const reading = readMethodFile(value);
  if ('ok' in reading) return {};
  return Object.fromEntries(reading.problems.map(({ path, message }) => [path, message]));
};

/** The file with one thing other: a path, and what stands there; `undefined` takes it out. */
const but = (file: object, changes: Readonly<Record<string, unknown>>): unknown => {
  const copy = JSON.parse(JSON.stringify(file)) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const [name = '', inner] = path.split('/');
    const holder = inner === undefined ? copy : (copy[name] as Record<string, unknown>);
    if (value === undefined) delete holder[inner ?? name];
    else holder[inner ?? name] = value;
  }
  return copy;
};

describe('a method file', () => {
  test('with all numbers and their reasons is taken as it is', () => {
    expect(readMethodFile(but(whole, {}))).toEqual({ ok: whole });
  });

  test('based on the default method is filled up from there', () => {
    const reading = readMethodFile({
      ...based,
      authority: { inferred: 0 },
      bands: { strong: 0.8 },
      reasons: { strong: 'Only the holder.', authority: 'Guesses do not count.', 'bands.strong': 'Surely.' },
    });
    expect(reading).toEqual({
      ok: {
        ...defaultMethod,
        name: 'mine',
        version: 1,
        authority: { ...defaultMethod.authority, inferred: 0 },
        strong: 0.9,
        bands: { moderate: 0.4, strong: 0.8 },
        reasons: expect.objectContaining({
          strong: 'Only the holder.',
          authority: 'Guesses do not count.',
          'authority.self': defaultMethod.reasons['authority.self'],
          link: defaultMethod.reasons.link,
        }),
      },
    });
  });

  test('that replaces a number loses the reason of the former one', () => {
    const reading = readMethodFile({
      ...based,
      strong: undefined,
      authority: { inferred: 0 },
      reasons: { authority: 'Guesses do not count.' },
    });
    expect('ok' in reading && Object.keys(reading.ok.reasons)).not.toContain('authority.inferred');
  });

  test('may have a weight at either end, and a threshold at the other one', () => {
    const ends = { link: 0, 'part/headline': 0, 'authority/spokesperson': 1, strong: 1, prevailing: 1 };
    expect(problemsOf(but(whole, { ...ends, least: 1, enough: 1 }))).toEqual({});
  });
});

describe('a method file is refused', () => {
  test.each<[string, unknown, Readonly<Record<string, string>>]>([
    ['that is a list', [], { '': 'expected object' }],
    ['that is null', null, { '': 'expected object' }],
    ['that is a number', 1, { '': 'expected object' }],
    ['with an unknown field', but(whole, { stong: 0.8 }), { stong: 'unknown field' }],
    ['with an unknown authority', but(whole, { 'authority/friend': 0.8 }), { 'authority.friend': 'unknown field' }],
    ['with an unknown part', but(whole, { 'part/sidebar': 0.8 }), { 'part.sidebar': 'unknown field' }],
    ['with an unknown band', but(whole, { 'bands/weak': 0.1 }), { 'bands.weak': 'unknown field' }],
    ['with a constructor', but(whole, { 'authority/constructor': 1 }), { 'authority.constructor': 'unknown field' }],
    ['without a number', but(whole, { link: undefined, 'reasons/link': undefined }), { link: 'is required' }],
    ['without a number of a group', but(whole, { 'part/lead': undefined }), { 'part.lead': 'is required' }],
    [
      'without a group',
      but(whole, { bands: undefined, 'reasons/bands.moderate': undefined, 'reasons/bands.strong': undefined }),
      { bands: 'is required' },
    ],
    [
      'with a text for a number',
      but(whole, { strong: '0.85', 'reasons/strong': undefined }),
      { strong: 'expected number' },
    ],
    ['with a weight above 1', but(whole, { 'authority/self': 1.1 }), { 'authority.self': '<=1' }],
    ['with a weight below 0', but(whole, { 'directness/paraphrase': -0.1 }), { 'directness.paraphrase': '>=0' }],
    ['with a link above 1', but(whole, { link: 2 }), { link: '<=1' }],
    ['with a strong above 1', but(whole, { strong: 1.01 }), { strong: '<=1' }],
    ['with a strong of 0', but(whole, { strong: 0 }), { strong: '>0' }],
    ['with an enough of 0', but(whole, { enough: 0, least: 0 }), { enough: '>0' }],
    ['with half as prevailing', but(whole, { prevailing: 0.5 }), { prevailing: '>0.5' }],
    ['with more than all as prevailing', but(whole, { prevailing: 1.5 }), { prevailing: '<=1' }],
    ['with least above enough', but(whole, { least: 1.2 }), { least: 'least (1.2) must not be above enough (1)' }],
    [
      'with bands that cross',
      but(whole, { 'bands/moderate': 0.8 }),
      { 'bands.moderate': 'bands.moderate (0.8) must be below bands.strong (0.75)' },
    ],
    ['with equal bands', but(whole, { 'bands/moderate': 0.75 }), { 'bands.moderate': 'must be below' }],
    ['whose number has no reason', but(whole, { 'reasons/strong': undefined }), { strong: 'has no reason' }],
    [
      'whose group has no reason',
      but(whole, { 'reasons/part': undefined }),
      Object.fromEntries(
        ['headline', 'teaser', 'caption', 'lead', 'body', 'record'].map((part) => [
          `part.${part}`,
          'has no reason: `reasons` has to give one under',
        ]),
      ),
    ],
    ['whose reason has no number', but(whole, { 'reasons/luck': 'x' }), { 'reasons.luck': 'reason of no number' }],
    ['whose reason is no text', but(whole, { 'reasons/strong': 1 }), { 'reasons.strong': 'expected string' }],
    ['whose reason is empty', but(whole, { 'reasons/strong': '' }), { 'reasons.strong': '>=1' }],
    ['without reasons', but(whole, { reasons: undefined }), { reasons: 'is required' }],
    ['named default', but(whole, { name: 'default' }), { name: 'always there' }],
    ['named compare', but(whole, { name: 'compare' }), { name: 'name of a call' }],
    ['with a name that is no id', but(whole, { name: 'my method' }), { name: 'must match' }],
    ['with __proto__ as its name', but(whole, { name: '__proto__' }), { name: 'must match' }],
    ['without a name', but(whole, { name: undefined }), { name: 'is required' }],
    ['of version 0', but(whole, { version: 0 }), { version: '>=1' }],
    ['of version 1.5', but(whole, { version: 1.5 }), { version: 'int' }],
    ['based on another method', but(based, { basedOn: 'mine' }), { basedOn: 'must be "default"' }],
    [
      'based on the default one, with no number',
      but(based, { strong: undefined, reasons: {} }),
      { basedOn: 'no number differs' },
    ],
    [
      'based on the default one, with the reason of a number it does not give',
      but(based, { 'reasons/link': 'x' }),
      { 'reasons.link': 'reason of no number' },
    ],
    [
      'based on the default one, with a least above the enough there',
      but(based, { least: 1.5, 'reasons/least': 'x' }),
      { least: 'must not be above enough (1)' },
    ],
    [
      'based on the default one, with an enough below the least there',
      but(based, { enough: 0.3, 'reasons/enough': 'x' }),
      { enough: 'least (0.4) must not be above enough (0.3)' },
    ],
    [
      'for everything that is wrong at once',
      but(whole, { name: 'default', strong: 2, least: 3, 'reasons/link': undefined, 'reasons/luck': 'x', x: 1 }),
      {
        name: 'always there',
        strong: '<=1',
        least: 'must not be above',
        link: 'has no reason',
        'reasons.luck': 'no number',
        x: 'unknown field',
      },
    ],
  ])('%s', (_what, value, expected) => {
    const problems = problemsOf(value);
    expect(Object.keys(problems).toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const [path, says] of Object.entries(expected)) expect(problems[path]).toContain(says);
  });

  test.each(numbersOf(defaultMethod).map(({ path }) => path))('without %s, whole as it says to be', (path) => {
    const problems = problemsOf(but(whole, { [path.replace('.', '/')]: undefined }));
    expect(problems[path]).toBe('is required');
  });
});
