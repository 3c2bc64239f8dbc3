import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { changeKey, compareChanges, defaultMethod, emptyTail, extendTail, foldHistory, tailOf } from '../src/index.ts';
import type { KnownStatement, StanceChange, Tail, TailStep } from '../src/index.ts';
import { plainStatements, statements } from './arbitrary.ts';
import { statement, weighing } from './given.ts';
import { rounds } from './rounds.ts';

const throughJson = (tail: Tail): unknown => JSON.parse(JSON.stringify(tail));

/** Adds statement by statement, folding anew where the tail cannot; checks every step; tells how many went by the tail. */
const follow = (all: readonly KnownStatement[]): number => {
  let tail: Tail | null = emptyTail;
  let byTail = 0;
  let set = new Map<string, StanceChange>();
  const known: KnownStatement[] = [];
  for (const statement of all) {
    const result: TailStep | null =
      tail === null ? null : extendTail(throughJson(tail) as Tail, statement, defaultMethod);
    known.push(statement);
    const history = foldHistory(known, defaultMethod);
    if (result === null) {
      tail = tailOf(known, defaultMethod);
      set = new Map(history.changes.map((change) => [changeKey(change), change]));
    } else {
      byTail += 1;
      for (const key of result.removed) expect(set.delete(changeKey(key))).toBe(true);
      for (const change of result.changed) set.set(changeKey(change), change);
      ({ tail } = result);
      expect(throughJson(result.tail)).toEqual(JSON.parse(JSON.stringify(tailOf(known, defaultMethod))));
      expect([...set.values()].sort(compareChanges)).toEqual(history.changes);
    }
  }
  return byTail;
};

const inOrder = (a: KnownStatement, b: KnownStatement): number => a.said.latest - b.said.latest;

describe('the incremental form', () => {
  it('equals the fold from scratch after every statement, for all kinds of statements in any order', () => {
    fc.assert(
      fc.property(statements(14), (all) => void follow(all)),
      { numRuns: rounds(1000) },
    );
  });

  it('equals the fold from scratch after every statement, for all kinds of statements in the order said', () => {
    fc.assert(
      fc.property(statements(20), (all) => void follow(all.toSorted(inOrder))),
      { numRuns: rounds(1000) },
    );
  });

  it.each([null, 0.1])('takes back what another account of the same day disputes, with strength %s', (strength) => {
    const direction = strength === null ? 'oppose' : 'support';
    const on = '2024-03-01';
    const all = [
      statement('a', 'support', '2024-01-01', { strength: 0.9 }),
      weighing('b', direction, '2024-02-01', 0.5, { strength }),
      weighing('c', direction, on, 0.4, { strength, words: 'so' }),
      weighing('d', 'neutral', on, 0.4, { words: 'so' }),
      weighing('e', direction, on, 0.45, { strength }),
    ];
    expect(follow(all)).toBe(all.length);
  });

  it('never needs the whole history for dated statements without names in common, in the order said', () => {
    const alone = plainStatements(30).map((all) =>
      all.map((statement) => ({ ...statement, document: null })).toSorted(inOrder),
    );
    fc.assert(
      fc.property(alone, (all) => follow(all) === all.length),
      { numRuns: rounds(500) },
    );
  });

  it('goes on with at most 64 accounts of a day, and again from the next day on', () => {
    const ofDay = (date: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        weighing(`${date} ${String(index).padStart(3, '0')}`, index % 3 === 0 ? 'oppose' : 'support', date, 0.3),
      );
    const crowd = ofDay('2024-01-02', 70);
    expect(follow([...ofDay('2024-01-01', 2), ...crowd.slice(0, 64)])).toBe(66);
    expect(follow([...ofDay('2024-01-01', 2), ...crowd])).toBe(66);
    expect(tailOf(crowd.slice(0, 64), defaultMethod)).not.toBeNull();
    expect(tailOf(crowd.slice(0, 65), defaultMethod)).toBeNull();
    // The first of the next day is folded with all before it.
    expect(follow([...crowd, ...ofDay('2024-01-03', 5)])).toBe(68);
  });
});
