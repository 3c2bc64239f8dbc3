import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { MethodComparison, KnownStatement, Method } from '../src/index.ts';
import { compareHistories, defaultMethod, differingNumbers, foldHistory, numbersOf } from '../src/index.ts';
import { statements as arbitraryStatements } from './arbitrary.ts';
import { day, statement, vote, weighing } from './given.ts';
import { rounds } from './rounds.ts';

const method = (changed: Partial<Method>): Method => ({ ...defaultMethod, name: 'other', ...changed });

const compare = (
  other: Partial<Method>,
  statements: readonly KnownStatement[],
  on = day('2030-01-01'),
): MethodComparison | null => {
  const told = (by: Method) => ({ method: by, history: foldHistory(statements, by) });
  return compareHistories(told(defaultMethod), told(method(other)), on);
};

const paths = (comparison: MethodComparison | null): string[] | undefined =>
  comparison?.numbers.map(({ path }) => path);

test('the numbers of a method are listed by path, and so are those that differ', () => {
  expect(numbersOf(defaultMethod)).toContainEqual({ path: 'authority.unnamed-source', value: 0.4 });
  expect(numbersOf(defaultMethod).map(({ path }) => path)).toEqual(
    expect.arrayContaining(['link', 'strong', 'bands.moderate', 'prevailing']),
  );
  expect(numbersOf(defaultMethod)).toHaveLength(24);
  expect(differingNumbers(defaultMethod, defaultMethod)).toEqual([]);
  const other = method({ strong: 1, bands: { moderate: 0.4, strong: 0.8 } });
  expect(differingNumbers(defaultMethod, other)).toEqual([
    { path: 'strong', a: 0.85, b: 1 },
    { path: 'bands.strong', a: 0.75, b: 0.8 },
  ]);
});

describe('two methods', () => {
  test('that come to the same stance and changes do not differ, whatever the weights are', () => {
    const said = [statement('s', 'support', '2024-01-01')];
    expect(compare({ authority: { ...defaultMethod.authority, self: 0.9 } }, said)).toBeNull();
  });

  test('differ where one has a change that the other has not', () => {
    const said = [weighing('a', 'support', '2024-01-01', 0.9), weighing('b', 'oppose', '2024-01-02', 0.8)];
    const comparison = compare({ strong: 1, enough: 2 }, said);
    expect(comparison?.changes).toMatchObject([
      { a: { openedBy: 'a', status: 'confirmed' }, b: { openedBy: 'a', status: 'provisional' } },
      { a: { openedBy: 'b', kind: 'reversal' }, b: null },
    ]);
    expect([comparison?.a.status, comparison?.b.status]).toEqual(['confirmed', 'provisional']);
  });

  test('list the statements that weigh or do something else, the weightiest first', () => {
    const said = [
      weighing('a', 'support', '2024-01-01', 0.5),
      weighing('b', 'support', '2024-01-02', 0.9),
      vote('v', 'support', '2024-01-03'),
    ];
    const comparison = compare({ authority: { ...defaultMethod.authority, self: 0.5 } }, said);
    expect(comparison?.statements.map(({ a, b }) => [a.statement.id, a.weight, b.weight])).toEqual([
      ['v', 1, 1],
      ['b', 0.9, 0.45],
      ['a', 0.5, 0.25],
    ]);
    expect(comparison?.statements[0]).toMatchObject({ a: { role: 'reaffirms' }, b: { role: 'confirmed' } });
  });

  test('differ in the stance on the day alone where nothing else differs', () => {
    const said = [weighing('a', 'support', '2024-01-01', 0.5)];
    const comparison = compare({ least: 0.6 }, said);
    expect(comparison).toMatchObject({ changes: [], statements: [], a: { status: 'provisional' } });
    expect(comparison?.b.status).toBe('insufficient');
    expect(paths(comparison)).toEqual(['least']);
    expect(compare({ least: 0.6 }, said, day('2023-01-01'))).toBeNull();
  });
});

describe('the numbers that matter', () => {
  const halved = (value: Readonly<Record<string, number>>): never =>
    Object.fromEntries(Object.entries(value).map(([name, number]) => [name, number / 2])) as never;
  const all: Partial<Method> = {
    authority: halved(defaultMethod.authority),
    directness: halved(defaultMethod.directness),
    part: halved(defaultMethod.part),
    link: 0.1,
    strong: 1,
    enough: 0.9,
    least: 0.3,
    prevailing: 0.9,
    bands: { moderate: 0.3, strong: 0.6 },
  };

  test.each<[string, readonly KnownStatement[], readonly string[]]>([
    [
      'are the factors of what was said',
      [statement('a', 'support', '2024-01-01', { authority: 'attributed', directness: 'indirect', part: 'body' })],
      ['authority.attributed', 'directness.indirect', 'part.body', 'enough'],
    ],
    [
      'are the link where the chain has several',
      [statement('a', 'support', '2024-01-01', { authority: 'attributed', links: 2 })],
      ['authority.attributed', 'directness.direct', 'part.notGiven', 'link', 'enough'],
    ],
    [
      'are strong where something passes it by one method only',
      [weighing('a', 'support', '2024-01-01', 0.9)],
      ['authority.self', 'directness.direct', 'part.notGiven', 'strong', 'enough'],
    ],
    [
      'are prevailing where a day is divided',
      [weighing('a', 'support', '2024-01-01', 0.9), weighing('b', 'oppose', '2024-01-01', 0.1)],
      ['authority.self', 'directness.direct', 'part.notGiven', 'strong', 'enough', 'prevailing'],
    ],
    [
      'are the bands where a strength lies between',
      [statement('a', 'support', '2024-01-01', { strength: 0.35 })],
      ['authority.self', 'directness.direct', 'part.notGiven', 'enough', 'bands.moderate'],
    ],
  ])('%s', (_what, said, expected) => {
    const comparison = compare(all, said);
    expect(paths(comparison)).toEqual(expected);
  });

  test('are none of the weights of recorded votes', () => {
    const said = [vote('a', 'support', '2024-01-01'), weighing('b', 'oppose', '2024-02-01', 0.9)];
    expect(paths(compare(all, said))).toEqual([
      'authority.self',
      'directness.direct',
      'part.notGiven',
      'strong',
      'enough',
    ]);
  });
});

test('comparing is symmetric, and finds nothing exactly where changes and stance are the same', () => {
  const other = method({ authority: { ...defaultMethod.authority, self: 0.7 }, strong: 0.7, enough: 1.3, least: 0.6 });
  const said = 8;
  fc.assert(
    fc.property(arbitraryStatements(12), (statements) => {
      const a = { method: defaultMethod, history: foldHistory(statements, defaultMethod) };
      const b = { method: other, history: foldHistory(statements, other) };
      const one = compareHistories(a, b, said);
      const two = compareHistories(b, a, said);
      expect(two === null).toBe(one === null);
      expect(two?.changes.map((change) => [change.b, change.a])).toEqual(one?.changes.map((c) => [c.a, c.b]));
      expect(paths(two)).toEqual(paths(one));
      expect(compareHistories(a, { ...a }, said)).toBeNull();
    }),
    { numRuns: rounds(100) },
  );
});
