import { describe, expect, it } from 'vitest';

import { stanceAt } from '../src/index.ts';
import type { KnownStatement, StanceView } from '../src/index.ts';
import { day, fold, statement, weighing } from './given.ts';

const rows = ({ evidence }: StanceView): unknown[] =>
  evidence.map(({ statementId, weight, role }) => [statementId, weight, role]);
const account = { utteranceId: 'u' };

describe('the stance on a day', () => {
  it('rests on what was said since it began: what opened it, supported, opposed and reaffirmed it', () => {
    const history = fold(
      statement('a', 'support', '2024-01-01'),
      weighing('b', 'oppose', '2024-02-01', 0.9, { strength: 0.5 }),
      weighing('c', 'support', '2024-02-01', 0.2),
      weighing('d', 'oppose', '2024-03-01', 0.3),
      weighing('e', 'oppose', '2024-03-02', 0.3, { strength: 0.9 }),
      weighing('f', 'support', '2024-03-03', 0.3),
      statement('g', 'unclear', '2024-03-04'),
    );
    expect(rows(stanceAt(history))).toEqual([
      ['b', 0.9, 'opened'],
      ['c', 0.2, 'opposes'],
      ['d', 0.3, 'reaffirms'],
      ['e', 0.3, 'supports'],
      ['f', 0.3, 'opposes'],
    ]);
    expect(rows(stanceAt(history, day('2024-01-31')))).toEqual([['a', 1, 'opened']]);
    expect(stanceAt(history)).toMatchObject({
      statements: 7,
      reaffirmations: 1,
      lastSaid: { latest: day('2024-03-04') },
    });
  });

  it('rests on all sides where it is mixed, and on all that was said where there is none', () => {
    const on = '2024-02-01';
    const mixed = fold(
      statement('a', 'support', on),
      statement('b', 'oppose', on),
      statement('c', 'mixed', '2024-02-02'),
    );
    expect(rows(stanceAt(mixed))).toEqual([
      ['a', 1, 'opened'],
      ['b', 1, 'opened'],
      ['c', 1, 'reaffirms'],
    ]);
    const disputed = fold(statement('a', 'support', on, account), statement('b', 'oppose', on, account));
    expect(rows(stanceAt(disputed))).toEqual([
      ['a', 1, 'supports'],
      ['b', 1, 'supports'],
    ]);
  });

  it('leaves out what only repeats an utterance, or copies it', () => {
    const words = { words: 'never', document: 'd' };
    const history = fold(
      weighing('a', 'support', '2024-02-01', 0.9, words),
      weighing('b', 'support', '2024-02-01', 0.8, words),
      weighing('c', 'support', '2024-02-03', 0.8, { ...words, document: 'e', copyOf: 'd' }),
    );
    expect(rows(stanceAt(history))).toEqual([['a', 0.9, 'opened']]);
    expect(stanceAt(history)).toMatchObject({ statements: 3, reaffirmations: 0 });
  });

  it('has its change under way beside it: that of the direction, else that of the strength', () => {
    const softening = weighing('b', 'support', '2024-02-01', 0.3, { strength: 0.1 });
    const reversal = weighing('c', 'oppose', '2024-02-02', 0.5);
    const start = statement('a', 'support', '2024-01-01', { strength: 0.9 });
    expect(stanceAt(fold(start, softening)).provisional).toMatchObject({ kind: 'softening', openedBy: 'b' });
    expect(stanceAt(fold(start, softening, reversal)).provisional).toMatchObject({ kind: 'reversal', openedBy: 'c' });
    expect(stanceAt(fold(start, softening, reversal), day('2024-02-01')).provisional).toMatchObject({ openedBy: 'b' });
    expect(stanceAt(fold(start)).provisional).toBeNull();
  });

  it('has the last moment in dispute within it, by then; where there is none, of all', () => {
    const dispute = (date: string, given: Partial<KnownStatement>): KnownStatement[] => [
      weighing(`${date} a`, 'support', date, 0.5, given),
      weighing(`${date} b`, 'oppose', date, 0.5, given),
    ];
    const early = dispute('2024-01-01', { utteranceId: 'u' });
    const late = dispute('2024-03-01', { utteranceId: 'v' });
    const last = dispute('2024-04-01', { utteranceId: 'w' });
    const start = statement('s', 'support', '2024-02-01');
    expect(stanceAt(fold(...early)).contested?.day).toBe(day('2024-01-01'));
    expect(stanceAt(fold(...early, start)).contested).toBeNull();
    const history = fold(...early, start, ...late, ...last);
    expect(stanceAt(history).contested?.day).toBe(day('2024-04-01'));
    expect(stanceAt(history, day('2024-03-31')).contested?.day).toBe(day('2024-03-01'));
    expect(stanceAt(history, day('2024-03-01')).contested?.day).toBe(day('2024-03-01'));
    expect(stanceAt(history, day('2024-02-28')).contested).toBeNull();
    expect(stanceAt(history, day('2024-01-31')).contested?.day).toBe(day('2024-01-01'));
    expect(history.segments[0]?.contested).toBe(true);
    expect(fold(...early, start).segments[0]?.contested).toBe(false);
  });

  it('keeps the weightiest of thousands', () => {
    const date = (index: number): string => new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10);
    const many = Array.from({ length: 2500 }, (_, index) =>
      weighing(`s${String(index).padStart(4, '0')}`, 'support', date(index), index % 125 === 7 ? 0.8 : 0.1),
    );
    const view = stanceAt(fold(...many));
    expect(view.evidence.map(({ statementId }) => statementId)).toEqual(
      many.filter(({ certainty }) => certainty === 0.8).map(({ id }) => id),
    );
    expect(view.statements).toBe(2500);
  });

  it('says who claims that it was held before', () => {
    const held = { earliest: day('2020-01-01'), latest: day('2020-12-31') };
    const history = fold(
      statement('b', 'support', '2024-01-02', { heldSince: held }),
      statement('c', 'support', '2024-01-03', { heldSince: held }),
      statement('a', 'support', '2024-01-04', { heldSince: held }),
      statement('d', 'support', '2024-01-05', { heldSince: { ...held, earliest: day('2021-01-01') } }),
    );
    expect(stanceAt(history)).toMatchObject({
      claimedSince: day('2020-01-01'),
      claimedBy: 'a',
      since: day('2024-01-02'),
    });
  });
});
