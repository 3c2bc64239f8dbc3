import { describe, expect, it } from 'vitest';

import type { History, KnownStatement, Method, PlacedStatement, Segment, StanceChange } from '../src/index.ts';
import { compareHistories, defaultMethod } from '../src/index.ts';
import { day, fold, statement, vote, weighing } from './given.ts';

const history = () =>
  fold(
    statement('a', 'support', '2024-01-01', { strength: 0.9 }),
    weighing('b', 'oppose', '2024-02-01', 0.6, { strength: 0.5 }),
    weighing('c', 'oppose', '2024-03-01', 0.6, { strength: 0.5 }),
  );

const compare = (a: History, b: History, changed: Partial<Method> = {}) =>
  compareHistories(
    { method: defaultMethod, history: a },
    { method: { ...defaultMethod, ...changed }, history: b },
    day('2024-04-01'),
  );

const withChange = (openedBy: string, part: Partial<StanceChange>): History => ({
  ...history(),
  changes: history().changes.map((change) => (change.openedBy === openedBy ? { ...change, ...part } : change)),
});
const withLastSegment = (part: Partial<Segment>): History => ({
  ...history(),
  segments: history().segments.map((segment) => (segment.to === null ? { ...segment, ...part } : segment)),
});

describe('two histories differ', () => {
  it.each<[string, Partial<StanceChange>]>([
    ['kind', { kind: 'to-mixed' }],
    ['status', { status: 'provisional' }],
    ['direction before', { from: { direction: 'neutral', strength: 'strong' } }],
    ['strength before', { from: { direction: 'support', strength: 'weak' } }],
    ['stance before', { from: null }],
    ['direction', { to: { direction: 'neutral', strength: 'moderate' } }],
    ['strength', { to: { direction: 'oppose', strength: null } }],
    ['day', { at: day('2024-02-02') }],
    ['day of confirmation', { confirmedAt: day('2024-03-02') }],
    ['day of withdrawal', { withdrawnAt: day('2024-03-02') }],
  ])('where a change has another %s', (_, part) => {
    const other = withChange('b', part);
    expect(compare(history(), other)?.changes).toEqual([{ a: history().changes[1], b: other.changes[1] }]);
    expect(compare(other, history())?.changes).toEqual([{ a: other.changes[1], b: history().changes[1] }]);
  });

  it.each<[string, Partial<Segment>]>([
    ['status', { status: 'provisional' }],
    ['direction', { direction: 'neutral' }],
    ['strength', { strength: 'weak' }],
    ['beginning', { since: day('2024-02-02') }],
  ])('where the stance has another %s', (_, part) => {
    expect(compare(history(), withLastSegment(part))).toMatchObject({ changes: [] });
  });

  it('not where only what stands behind changes and stance is something else', () => {
    expect(compare(history(), withChange('b', { evidence: [] }))).toBeNull();
    expect(compare(history(), withLastSegment({ contested: true, weight: 7, claimedSince: 1 }))).toBeNull();
  });

  it('in changes, which go by day and then by opening statement, whichever has them', () => {
    const [first, second] = history().changes;
    if (first === undefined || second === undefined) throw new Error('there are two changes');
    const without: History = { ...history(), changes: [] };
    const three = [{ ...second, openedBy: 'z' }, first, second];
    const opened = (a: History, b: History) => compare(a, b)?.changes.map((change) => (change.a ?? change.b)?.openedBy);
    expect(opened({ ...history(), changes: three }, without)).toEqual(['a', 'b', 'z']);
    expect(opened(without, { ...history(), changes: three })).toEqual(['a', 'b', 'z']);
    expect(opened({ ...history(), changes: [second] }, { ...history(), changes: [first] })).toEqual(['a', 'b']);
  });

  it('in statements that weigh or do something else, the weightiest by either first, then by id', () => {
    const placed = (changed: Readonly<Record<string, Partial<PlacedStatement>>>): History => ({
      ...withChange('b', { status: 'provisional' }),
      placed: history().placed.map((one) => ({ ...one, ...changed[one.statement.id] })),
    });
    const ids = (changed: Readonly<Record<string, Partial<PlacedStatement>>>) => [
      compare(history(), placed(changed))?.statements.map(({ a }) => a.statement.id),
      compare(placed(changed), history())?.statements.map(({ a }) => a.statement.id),
    ];
    expect(ids({})).toEqual([[], []]);
    expect(ids({ b: { role: 'opposes' } })).toEqual([['b'], ['b']]);
    expect(ids({ b: { weight: 0.7 }, c: { weight: 0.5 } })).toEqual([
      ['b', 'c'],
      ['b', 'c'],
    ]);
    expect(ids({ b: { weight: 0.5 }, c: { weight: 0.7 } })).toEqual([
      ['c', 'b'],
      ['c', 'b'],
    ]);
    expect(ids({ c: { role: 'opposes' }, b: { role: 'opposes' } })).toEqual([
      ['b', 'c'],
      ['b', 'c'],
    ]);
    const lacking = { ...placed({}), placed: [] };
    expect(compare(history(), lacking)?.statements).toEqual([]);
  });
});

describe('the number for a prevailing share matters', () => {
  const matters = (...all: readonly KnownStatement[]): boolean => {
    const told = fold(...all);
    const comparison = compare(told, { ...told, changes: [] }, { prevailing: 0.9 });
    return comparison?.numbers.some(({ path }) => path === 'prevailing') === true;
  };
  const said = (id: string, direction: KnownStatement['direction'], date = '2024-01-01') =>
    weighing(id, direction, date, 0.3);

  it('where statements that weigh take several sides on one day', () => {
    expect(matters(said('a', 'support'), said('b', 'oppose'))).toBe(true);
    expect(matters(said('a', 'support'), said('b', 'unclear'), said('c', 'oppose'))).toBe(true);
    expect(matters(said('a', 'support'), said('b', 'support'))).toBe(false);
    expect(matters(said('a', 'support'), said('b', 'unclear'))).toBe(false);
    expect(matters(said('a', 'support'), said('b', 'oppose', '2024-01-02'))).toBe(false);
    expect(matters(vote('a', 'support', '2024-01-01'), said('b', 'oppose'))).toBe(true);
  });
});
