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

  const march = (
    date: number,
    given: Partial<KnownStatement> = {},
    direction: KnownStatement['direction'] = 'oppose',
  ) => statement(`s${date}`, direction, `2024-03-${String(date).padStart(2, '0')}`, given);
  const vague = { said: { earliest: march(10).said.earliest, latest: march(20).said.latest, assumed: false } };
  const goesOn = (before: readonly KnownStatement[], next: KnownStatement): boolean => {
    const tail = tailOf(before, defaultMethod);
    return tail !== null && extendTail(tail, next, defaultMethod) !== null;
  };

  it.each<[string, KnownStatement[], KnownStatement]>([
    ['of an earlier day', [march(10)], march(9)],
    ['under a condition', [march(10)], march(11, { condition: 'if asked' })],
    ['that points at another stance', [march(10)], march(11, { pointsAt: { holder: 'm', proposition: 'p' } })],
    ['that takes something back', [march(10)], march(11, { disowns: { statementId: 's10' } })],
    ['that is taken back', [march(10)], march(11, { disownedBy: { id: 'd', day: 0 } })],
    ['in a copy', [march(10)], march(11, { copyOf: 'd', document: 'e' })],
    ['of a vague date', [march(10)], march(20, vague)],
    ['of an utterance of an earlier day', [march(9, { utteranceId: 'u' }), march(10)], march(11, { utteranceId: 'u' })],
    ['of an utterance of the last day', [march(10, { utteranceId: 'u' })], march(11, { utteranceId: 'u' })],
    [
      'whose headline stands on an earlier day',
      [march(9, { document: 'd', part: 'headline' }), march(10)],
      march(11, { document: 'd', part: 'body' }),
    ],
    [
      'in the original of an earlier copy',
      [march(9, { document: 'e', copyOf: 'd' }), march(10)],
      march(11, { document: 'd' }),
    ],
    [
      'in the original of a copy of the same day',
      [march(10, { document: 'e', copyOf: 'd' })],
      { ...march(10, { document: 'd' }), id: 'z' },
    ],
    ['on a day on which a vague date stands', [march(20, vague)], { ...march(20), id: 'z' }],
    [
      'before the day of one that stands earlier than its date',
      [march(9, { utteranceId: 'u' }), march(12, { utteranceId: 'u' })],
      march(11),
    ],
    [
      'of an utterance that is unplaced',
      [march(12), march(20, { ...vague, utteranceId: 'u' })],
      march(21, { utteranceId: 'u' }),
    ],
  ])('needs the whole history for a statement %s', (_, before, next) => {
    expect(goesOn(before, next)).toBe(false);
  });

  it.each<[string, KnownStatement[], KnownStatement]>([
    ['of a later day', [march(10)], march(11)],
    ['of the last day', [march(10)], { ...march(10), id: 'a' }],
    [
      'of an utterance of the last day, on that day',
      [march(10, { utteranceId: 'u' })],
      { ...march(10, { utteranceId: 'u' }), id: 'z' },
    ],
    ['after a vague date', [march(20, vague)], march(21)],
    ['of a vague date, where it is the first', [], march(20, vague)],
    [
      'after one that stands earlier than its date',
      [march(9, { utteranceId: 'u' }), march(12, { utteranceId: 'u' })],
      march(13),
    ],
    [
      'of a document of which something else was read',
      [march(9, { document: 'd' }), march(10)],
      march(11, { document: 'd' }),
    ],
  ])('goes on with a statement %s', (_, before, next) => {
    expect(goesOn(before, next)).toBe(true);
    follow([...before, next]);
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
