import { describe, expect, it } from 'vitest';

import type { History, StanceChange } from '../src/index.ts';
import { fold, statement, weighing } from './given.ts';

const start = statement('a', 'support', '2024-01-01');

const change = (history: History, openedBy: string, track: StanceChange['track'] = 'direction') =>
  history.changes.find((one) => one.openedBy === openedBy && one.track === track);

const rows = (...given: Parameters<typeof change>): unknown[] | undefined =>
  change(...given)?.evidence.map(({ statementId, weight, role }) => [statementId, weight, role]);

describe('the evidence of a change', () => {
  it('is what opened it, what supports it and what opposes it, with its weight, in the order said', () => {
    const history = fold(
      start,
      weighing('z', 'oppose', '2024-02-01', 0.5),
      weighing('c', 'support', '2024-02-02', 0.3),
      weighing('b', 'oppose', '2024-02-03', 0.4),
    );
    expect(rows(history, 'z')).toEqual([
      ['z', 0.5, 'opened'],
      ['c', 0.3, 'opposes'],
      ['b', 0.4, 'supports'],
    ]);
  });

  it('ends with the day that settled it', () => {
    const opened = weighing('b', 'oppose', '2024-02-01', 0.5);
    const later = [weighing('d', 'oppose', '2024-02-03', 0.4), weighing('e', 'support', '2024-02-04', 0.4)];
    expect(rows(fold(start, opened, weighing('c', 'oppose', '2024-02-02', 0.6), ...later), 'b')).toEqual([
      ['b', 0.5, 'opened'],
      ['c', 0.6, 'supports'],
    ]);
    expect(rows(fold(start, opened, weighing('c', 'support', '2024-02-02', 0.6), ...later), 'b')).toEqual([
      ['b', 0.5, 'opened'],
      ['c', 0.6, 'opposes'],
    ]);
  });

  it('has the outvoted of a moment on the other side', () => {
    const history = fold(
      start,
      weighing('b', 'oppose', '2024-02-01', 0.6),
      weighing('c', 'support', '2024-02-01', 0.2),
      weighing('d', 'support', '2024-02-02', 0.5),
      weighing('e', 'oppose', '2024-02-02', 0.1),
      weighing('f', 'oppose', '2024-02-03', 0.2),
      weighing('g', 'neutral', '2024-02-03', 0.1),
    );
    expect(rows(history, 'b')).toEqual([
      ['b', 0.6, 'opened'],
      ['c', 0.2, 'opposes'],
      ['d', 0.5, 'opposes'],
      ['e', 0.1, 'supports'],
      ['f', 0.2, 'supports'],
      ['g', 0.1, 'opposes'],
    ]);
  });

  it('has all of a divided day for mixed', () => {
    const history = fold(weighing('b', 'support', '2024-02-01', 0.5), weighing('c', 'oppose', '2024-02-01', 0.4));
    expect(rows(history, 'b')).toEqual([
      ['b', 0.5, 'opened'],
      ['c', 0.4, 'opened'],
    ]);
  });

  it('leaves out what weighs nothing, and what only repeats an utterance', () => {
    const history = fold(
      statement('b', 'unclear', '2024-02-01'),
      weighing('c', 'oppose', '2024-02-01', 0.3, { utteranceId: 'u' }),
      weighing('d', 'oppose', '2024-02-01', 0.4, { utteranceId: 'u' }),
    );
    expect(rows(history, 'b')).toEqual([['d', 0.4, 'opened']]);
  });

  it('of a change of strength is what states the new one, against what states another; nothing else of the day', () => {
    const history = fold(
      weighing('a', 'support', '2024-01-01', 0.9, { strength: 0.9 }),
      weighing('b', 'support', '2024-02-01', 0.5, { strength: 0.1 }),
      weighing('c', 'support', '2024-02-01', 0.2, { strength: 0.9 }),
      weighing('e', 'oppose', '2024-02-01', 0.05, { strength: 0.1 }),
      weighing('f', 'support', '2024-02-02', 0.3, { strength: 0.9 }),
      weighing('g', 'support', '2024-02-02', 0.1, { strength: 0.1 }),
      weighing('h', 'support', '2024-02-03', 0.2, { strength: 0.2 }),
      weighing('i', 'support', '2024-02-03', 0.1),
    );
    expect(rows(history, 'b', 'strength')).toEqual([
      ['b', 0.5, 'opened'],
      ['c', 0.2, 'opposes'],
      ['f', 0.3, 'opposes'],
      ['g', 0.1, 'supports'],
      ['h', 0.2, 'supports'],
    ]);
  });

  it('is of the first the leader’s, with those of its direction alone', () => {
    const history = fold(
      weighing('a', 'support', '2024-01-01', 0.3),
      weighing('b', 'oppose', '2024-01-02', 0.5),
      weighing('c', 'oppose', '2024-01-03', 0.2),
    );
    expect(rows(history, 'b')).toEqual([
      ['b', 0.5, 'opened'],
      ['c', 0.2, 'supports'],
    ]);
    expect(change(history, 'a')).toBeUndefined();
  });

  it('keeps the 20 weightiest, of equally weighty ones those said earlier, then those with the lower id', () => {
    const days = Array.from({ length: 25 }, (_, index) =>
      weighing(`s${String(index).padStart(2, '0')}`, 'oppose', `2024-03-${String(index + 1).padStart(2, '0')}`, 0.01),
    );
    expect(rows(fold(...days), 's00')?.length).toBe(20);
    expect(fold(...days).changes[0]?.evidence.map(({ statementId }) => statementId)).toEqual(
      days.slice(0, 20).map(({ id }) => id),
    );
    const heavy = weighing('t', 'oppose', '2024-04-01', 0.02);
    expect(fold(...days, heavy).changes[0]?.evidence.map(({ statementId }) => statementId)).toEqual([
      ...days.slice(0, 19).map(({ id }) => id),
      't',
    ]);
    const sameDay = days.map((one) => ({ ...one, said: heavy.said }));
    expect(fold(...sameDay.toReversed()).changes[0]?.evidence.map(({ statementId }) => statementId)).toEqual(
      days.slice(0, 20).map(({ id }) => id),
    );
  });
});
