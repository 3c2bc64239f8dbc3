import type { ExplanationAnswer } from '@stance/client';
import { describe, expect, test } from 'vitest';

import type { MethodNumbers } from '../browser/data/method.ts';
import type { Statement } from '../browser/data/side.ts';
import { basisWhy, changeWhy, disputeWhy, entryWhy, statementWhy } from '../browser/part/history/why.ts';
import { english } from '../browser/text/en.ts';
import { said } from './said.ts';

type Explained = ExplanationAnswer['changes'][number];
type Entry = Explained['entries'][number];
type Ground = NonNullable<Statement['ground']>;

const method: MethodNumbers = { strong: 0.85, enough: 1, prevailing: 2 / 3 };
const names = new Map([
  ['joe-biden', 'Joe Biden'],
  ['emmanuel-macron', 'Emmanuel Macron'],
]);
const day = (iso: string) => ({ edtf: iso, earliest: iso, latest: iso });
const ground = (given: Partial<Ground>): Ground => ({
  direction: 'support',
  reason: 'endorsed',
  weight: 0.8,
  seen: { status: 'confirmed', direction: 'support', since: day('2024-06-01'), openedBy: 'his-words' },
  path: [{ holder: 'emmanuel-macron', proposition: 'trainers' }],
  ...given,
});
const entry = (given: Partial<Entry>): Entry => ({
  at: day('2024-06-05'),
  effect: 'opened',
  adds: 0.72,
  for: 0.72,
  against: 0,
  statements: [],
  statementCount: 1,
  why: '',
  ...given,
});
const explained = (given: Partial<Explained>, change: Partial<Explained['change']> = {}): Explained => ({
  change: {
    id: 'c-1',
    holder: 'joe-biden',
    proposition: 'trainers',
    track: 'direction',
    kind: 'first',
    from: null,
    to: { direction: 'support', strength: null },
    at: day('2024-06-05'),
    status: 'provisional',
    openedBy: 'said',
    evidence: [],
    detectedAt: null,
    revision: null,
    method: { name: 'default', version: 2 },
    ...change,
  },
  entries: [entry({})],
  entryCount: 1,
  why: '',
  ...given,
});
const stance = (given: Partial<ExplanationAnswer['stance']>): ExplanationAnswer['stance'] => ({
  status: 'provisional',
  direction: 'support',
  strength: null,
  since: day('2024-06-05'),
  weight: 0.72,
  least: 0.4,
  changeId: 'c-1',
  why: '',
  ...given,
});

const moment: Statement['moment'] = {
  at: day('2024-06-08'),
  direction: 'support',
  adds: 1,
  weights: { support: 1, oppose: 0, neutral: 0, mixed: 0 },
  contested: false,
  effect: 'reaffirms',
  why: '',
};

describe('why a statement did what it did', () => {
  test.each(Object.entries(english.why.role))('is said of the role %s', (role, sentence) => {
    expect(statementWhy(said({ role: role as Statement['role'], moment }), names)).toBe(sentence);
  });

  test.each<[string, Partial<Statement>, string]>([
    ['who took it back', { disownedBy: 'later' }, 'it was taken back'],
    ['who does not say', { act: 'decline' }, 'the holder does not say'],
    ['what is unclear', { direction: 'unclear' }, 'it does not tell which side'],
    ['what names no side', { direction: undefined, act: 'pledge' }, 'it names no side of its own'],
    [
      'who is not sure at all',
      { direction: 'support', factors: [{ name: 'certainty', value: '0', factor: 0 }] },
      '“how sure the words are” is 0',
    ],
  ])('names the reason for no weight: %s', (_what, given, because) => {
    const weightless = said({ role: 'weighs-nothing', weight: 0, ...given });
    expect(statementWhy(weightless, names)).toBe(`It weighs nothing: ${because}.`);
  });

  test('says that a date is too vague for a day, and what is agreed with all the same', () => {
    expect(statementWhy(said({ role: 'reaffirms', reaffirmation: true }), names)).toMatch(/^Its date is too vague/);
  });

  test('says what counts as a reaffirmation as well', () => {
    expect(statementWhy(said({ role: 'supports', reaffirmation: true, moment }), names)).toBe(
      'It spoke for the new stance, which was not confirmed yet. It counts as a reaffirmation.',
    );
  });

  test('tells what an endorsement points at, by name and as it was then', () => {
    expect(statementWhy(said({ act: 'endorse', ground: ground({}) }), names)).toMatch(
      /^It agrees with Emmanuel Macron, whose stance was “support” \(confirmed, since .*2024\) then, and weighs no more than the 0\.8 behind that\. With it a new stance began\.$/,
    );
  });

  test('tells what it rests on in the end, and on what that is', () => {
    const path = [
      { holder: 'emmanuel-macron', proposition: 'trainers' },
      { holder: 'nobody-known', proposition: 'soldiers' },
    ];
    expect(statementWhy(said({ act: 'reject', ground: ground({ reason: 'rejected', path }) }), names)).toContain(
      'That rests on nobody-known on soldiers.',
    );
  });

  test.each(['no-stance', 'insufficient', 'rejects-no-side', 'own-stance'] as const)(
    'tells why nothing follows from what it points at: %s',
    (reason) => {
      const told = statementWhy(
        said({ role: 'weighs-nothing', ground: ground({ reason, direction: 'unclear' }) }),
        names,
      );
      expect(told).toMatch(/^It (points at|disagrees with) Emmanuel Macron.*\. It weighs nothing: it .*\.$/);
    },
  );
});

describe('why a change is what it is', () => {
  test('says what it lacks while nothing has confirmed it', () => {
    expect(changeWhy(explained({ missing: { weight: 0.28, toPass: false } }), method)).toBe(
      'Not confirmed yet: 0.28 is missing of the 1 needed, or a statement that nobody disputes and that weighs 0.85 or more.',
    );
    expect(changeWhy(explained({ missing: { weight: 0.3, toPass: true } }), method)).toContain('more than 0.3');
    expect(changeWhy(explained({ missing: { weight: 0, toPass: false } }), method)).toContain('disputed');
  });

  test.each([
    ['strong', /^Confirmed on .*2024: words that weigh 0\.85 or more are enough by themselves\.$/],
    ['enough', /^Confirmed on .*2024: 0\.72 speaks for it, 1 is enough, and only 0 speaks against it\.$/],
    ['outweighed', /^Ended on .*2024: the 0 against it is no less than the 0\.72 that speaks for it\.$/],
    ['third-side', /^Ended on .*2024: something else was said than either of the two\.$/],
    ['direction-changed', /^Ended on .*2024: the side itself changed\.$/],
  ] as const)('says by which rule it was settled: %s', (settles, sentence) => {
    expect(changeWhy(explained({ entries: [entry({ settles })] }), method)).toMatch(sentence);
  });

  test('says that what began it was taken back', () => {
    const change = explained({ entries: [] }, { withdrawnAt: day('2024-07-01'), disownedBy: 'later' });
    expect(changeWhy(change, method)).toMatch(/^Ended on .*2024: what began it was taken back\.$/);
  });

  test.each([
    ['opened', 'this began with a weight of 0.72'],
    ['supports', '0.72 more for it'],
    ['opposes', '0.72 more against it'],
    ['ends', 'neither for nor against it'],
  ] as const)('says what each day did for it: %s', (effect, what) => {
    expect(entryWhy(entry({ effect, for: 1.5, against: 0.2 }))).toMatch(
      new RegExp(`2024: ${what}; so far 1\\.5 for it, 0\\.2 against it\\.$`),
    );
  });
});

describe('why a stance is what it is', () => {
  test('is nothing that can be told where there is none', () => {
    expect(basisWhy(stance({ direction: null, since: null }), [], method)).toBeNull();
  });

  test('says how little there is', () => {
    expect(basisWhy(stance({ status: 'insufficient', weight: 0.3 }), [], method)).toBe(
      'Too little to say: 0.3 stands behind “support”, and 0.4 is the least.',
    );
  });

  test('says what leads and what that lacks', () => {
    const change = explained({ missing: { weight: 0.28, toPass: false } });
    expect(basisWhy(stance({}), [change], method)).toMatch(
      /^Nothing is confirmed yet, and “support” leads\. Not confirmed/,
    );
  });

  test('says since when it holds, and by what', () => {
    const change = explained({ entries: [entry({ settles: 'strong' })] }, { status: 'confirmed' });
    expect(basisWhy(stance({ status: 'confirmed', strength: 'strong' }), [change], method)).toMatch(
      /^“support” has held since .*2024\. Confirmed on .*2024: /,
    );
  });
});

describe('why accounts in dispute did what they did', () => {
  const weights = { support: 0.3, oppose: 0.5, neutral: 0, mixed: 0 };

  test('says that none of them prevails, and by how much', () => {
    expect(disputeWhy({ prevailing: null, weights, effect: 'none' }, method)).toBe(
      '“oppose” has 63% of the weight, and 67% is needed: no account prevails, and nothing moves.',
    );
  });

  test('says of two that weigh the same no more than that', () => {
    const even = { support: 0.5, oppose: 0.5, neutral: 0, mixed: 0 };
    expect(disputeWhy({ prevailing: null, weights: even, effect: 'none' }, method)).toMatch(/^“support” has 50% /);
  });

  test('says which prevails, and what came of it', () => {
    expect(disputeWhy({ prevailing: 'oppose', weights: { ...weights, support: 0.1 }, effect: 'opened' }, method)).toBe(
      '“oppose” prevails with 83% of the weight (67% is needed), but what is disputed confirms nothing. With it a new stance began.',
    );
  });
});
