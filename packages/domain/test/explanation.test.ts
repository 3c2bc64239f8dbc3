import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMethod, explainHistory, foldHistory, formatDay, basisOf } from '../src/index.ts';
import type { ExplainedStep, Explanation, History, KnownStatement, StepEntry } from '../src/index.ts';
import { statements } from './arbitrary.ts';
import { day, fold, statement, vote, weighing } from './given.ts';
import { rounds } from './rounds.ts';

const explained = (...all: readonly KnownStatement[]): Explanation => explainHistory(fold(...all), defaultMethod);

/** Day, effect, the two sums, and the rule by which it settled, as a line. */
const line = ({ day: on, effect, for: added, against, settles }: StepEntry): string =>
  `${formatDay(on)} ${effect} ${added}:${against}${settles === null ? '' : ` ${settles}`}`;

const stepOf = (explanation: Explanation, openedBy: string, track = 'direction'): ExplainedStep | undefined =>
  explanation.steps.find(({ change }) => change.openedBy === openedBy && change.track === track);

const linesOf = (explanation: Explanation, openedBy: string, track = 'direction'): string[] =>
  (stepOf(explanation, openedBy, track)?.entries ?? []).map(line);

const start = statement('a', 'support', '2024-01-01');

describe('why a step is what it is', () => {
  it('a strong utterance opens and confirms at once', () => {
    expect(linesOf(explained(start), 'a')).toEqual(['2024-01-01 opened 1:0 strong']);
  });

  it('two sums are told, from the opening on, until the new one reaches enough and more than the other', () => {
    const told = explained(
      start,
      weighing('b', 'oppose', '2024-02-01', 0.6),
      weighing('c', 'support', '2024-03-01', 0.5),
      weighing('d', 'oppose', '2024-04-01', 0.4),
    );
    expect(linesOf(told, 'b')).toEqual([
      '2024-02-01 opened 0.6:0',
      '2024-03-01 opposes 0.6:0.5',
      '2024-04-01 supports 1:0.5 enough',
    ]);
  });

  it('the former direction withdraws it with as much', () => {
    const told = explained(
      start,
      weighing('b', 'oppose', '2024-02-01', 0.5),
      weighing('c', 'support', '2024-03-01', 0.5),
    );
    expect(linesOf(told, 'b')).toEqual(['2024-02-01 opened 0.5:0', '2024-03-01 opposes 0.5:0.5 outweighed']);
  });

  it('a third direction withdraws it, and adds to neither of its sums', () => {
    const told = explained(
      start,
      weighing('b', 'oppose', '2024-02-01', 0.5),
      weighing('c', 'neutral', '2024-03-01', 0.3),
    );
    expect(linesOf(told, 'b')).toEqual(['2024-02-01 opened 0.5:0', '2024-03-01 ends 0.5:0 third-side']);
    expect(stepOf(told, 'b')?.entries[1]?.adds).toBe(0);
    expect(linesOf(told, 'c')).toEqual(['2024-03-01 opened 0.3:0']);
  });

  it('a first stands against all other directions together, what they had before it included', () => {
    const told = explained(
      weighing('a', 'support', '2024-01-01', 0.3),
      weighing('b', 'neutral', '2024-01-02', 0.2),
      weighing('c', 'oppose', '2024-01-03', 0.6),
      weighing('d', 'support', '2024-01-04', 0.1),
      weighing('e', 'oppose', '2024-01-05', 0.4),
    );
    expect(linesOf(told, 'c')).toEqual([
      '2024-01-03 opened 0.6:0.5',
      '2024-01-04 opposes 0.6:0.6',
      '2024-01-05 supports 1:0.6 enough',
    ]);
  });

  it('steps of the strength are told like those of the direction', () => {
    const said = (id: string, date: string, strength: number, weight: number) =>
      weighing(id, 'support', date, weight, { strength });
    const told = explained(
      said('a', '2024-01-01', 0.9, 1),
      said('b', '2024-02-01', 0.2, 0.5),
      said('c', '2024-03-01', 0.9, 0.5),
      said('d', '2024-04-01', 0.2, 0.5),
      said('e', '2024-05-01', 0.5, 0.6),
      said('f', '2024-06-01', 0.5, 0.6),
      said('g', '2024-07-01', 0.2, 0.5),
      vote('h', 'oppose', '2024-08-01'),
    );
    expect(linesOf(told, 'b', 'strength')).toEqual([
      '2024-02-01 opened 0.5:0',
      '2024-03-01 opposes 0.5:0.5 outweighed',
    ]);
    expect(linesOf(told, 'd', 'strength')).toEqual(['2024-04-01 opened 0.5:0', '2024-05-01 ends 0.5:0 third-side']);
    expect(linesOf(told, 'e', 'strength')).toEqual(['2024-05-01 opened 0.6:0', '2024-06-01 supports 1.2:0 enough']);
    expect(linesOf(told, 'g', 'strength')).toEqual([
      '2024-07-01 opened 0.5:0',
      '2024-08-01 ends 0.5:0 direction-changed',
    ]);
  });

  it('steps of the strength before anything is confirmed are told of the direction that is', () => {
    const said = (id: string, date: string, strength: number) => weighing(id, 'support', date, 0.4, { strength });
    const told = explained(said('a', '2024-01-01', 0.9), said('b', '2024-02-01', 0.2), said('c', '2024-03-01', 0.2));
    expect(linesOf(told, 'b', 'strength')).toEqual(['2024-02-01 opened 0.4:0', '2024-03-01 supports 0.8:0']);
  });
});

describe('why a step is not confirmed', () => {
  it('says how much it lacks to have enough', () => {
    const told = explained(start, weighing('b', 'oppose', '2024-02-01', 0.6));
    expect(stepOf(told, 'b')?.missing).toEqual({ weight: 0.4, toPass: false });
  });

  it('says how much it lacks to be more than what stands against it', () => {
    const told = explained(
      weighing('a', 'support', '2024-01-01', 0.84),
      weighing('b', 'oppose', '2024-01-02', 0.84),
      weighing('c', 'neutral', '2024-01-03', 0.84),
      weighing('d', 'support', '2024-01-04', 0.4),
    );
    expect(stepOf(told, 'a')?.missing).toEqual({ weight: 0.44, toPass: true });
  });

  it('lacks only an uncontested moment where it has enough otherwise', () => {
    const contested = ['2024-02-01', '2024-02-02'].flatMap((date) => [
      statement(`b${date}`, 'oppose', date, { utteranceId: date }),
      weighing(`c${date}`, 'support', date, 0.1, { utteranceId: date }),
    ]);
    const told = explained(start, ...contested);
    expect(stepOf(told, 'b2024-02-01')?.missing).toEqual({ weight: 0, toPass: false });
    expect(told.moments[1]).toMatchObject({ contested: true, strong: false, direction: 'oppose', effect: 'opened' });
  });

  it('of a settled one nothing is missing', () => {
    expect(stepOf(explained(start), 'a')?.missing).toBeNull();
  });
});

describe('what a moment did', () => {
  it('contested without an account that prevails it opens nothing and adds nothing', () => {
    const told = explained(
      start,
      weighing('b', 'oppose', '2024-02-01', 0.5, { utteranceId: 'u' }),
      weighing('c', 'support', '2024-02-01', 0.4, { utteranceId: 'u' }),
    );
    expect(told.moments[1]).toEqual({
      day: day('2024-02-01'),
      direction: null,
      adds: 0,
      weights: { support: 0.4, oppose: 0.5, neutral: 0, mixed: 0 },
      divided: false,
      contested: true,
      strong: false,
      effect: 'none',
      speaking: [
        { id: 'b', weight: 0.5 },
        { id: 'c', weight: 0.4 },
      ],
      statingStrength: [],
    });
  });

  it.each(['support', 'oppose', 'neutral', 'mixed'] as const)('of one statement weighs for %s alone', (direction) => {
    const nothing = { support: 0, oppose: 0, neutral: 0, mixed: 0 };
    const [moment] = explained(weighing('a', direction, '2024-01-01', 0.6)).moments;
    expect(moment).toMatchObject({ direction, adds: 0.6, divided: false, strong: false });
    expect(moment?.weights).toEqual({ ...nothing, [direction]: 0.6 });
    const [weightless] = explained(weighing('a', direction, '2024-01-01', 0)).moments;
    expect(weightless).toMatchObject({ direction: null, adds: 0, divided: false, strong: false, weights: nothing });
  });

  it('what was said for a direction that never led was said against the one that did', () => {
    const told = explained(
      weighing('a', 'neutral', '2024-01-01', 0.1),
      weighing('b', 'support', '2024-01-02', 0.5),
      weighing('c', 'oppose', '2024-01-03', 0.2),
      weighing('d', 'oppose', '2024-01-04', 0.2),
      weighing('e', 'support', '2024-01-05', 0.5),
    );
    expect(told.moments.map(({ effect }) => effect)).toEqual(['opposes', 'opened', 'opposes', 'opposes', 'confirmed']);
  });

  it('each statement is told with its moment, but where its date is too vague for one', () => {
    const told = explained(
      statement('v', 'support', '2024-01-01/2024-03-01'),
      start,
      statement('b', 'support', '2024-03-01', { direction: 'unclear' }),
    );
    expect(told.statements.map(({ placed, moment }) => [placed.statement.id, moment?.effect])).toEqual([
      ['a', 'opened'],
      ['b', 'none'],
      ['v', undefined],
    ]);
  });

  it('only those speak that weigh, the weightiest first, and no repetition of an utterance', () => {
    const told = explained(
      weighing('a', 'support', '2024-01-01', 0.2, { utteranceId: 'u' }),
      weighing('b', 'support', '2024-01-01', 0.3, { utteranceId: 'u' }),
      weighing('c', 'support', '2024-01-01', 0.4),
      statement('d', 'unclear', '2024-01-01'),
    );
    expect(told.moments[0]?.speaking.map(({ id }) => id)).toEqual(['c', 'b']);
  });
});

describe('what a stance rests on', () => {
  it('is the step that its direction began with, on the days it held', () => {
    const history = fold(start, vote('b', 'oppose', '2024-02-01'));
    expect(basisOf(history, day('2023-12-31'))).toBeNull();
    expect(basisOf(history, day('2024-01-31'))).toMatchObject({ change: { openedBy: 'a' }, segment: { weight: 1 } });
    expect(basisOf(history, day('2024-02-01'))).toMatchObject({ change: { openedBy: 'b', kind: 'reversal' } });
  });
});

describe('a change of strength', () => {
  it('is spoken for by what says how strongly, as its evidence is', () => {
    const history = fold(
      weighing('a', 'support', '2024-01-01', 0.9, { strength: 0.9 }),
      weighing('b', 'support', '2024-02-01', 0.5, { strength: 0.1 }),
      weighing('c', 'support', '2024-02-01', 0.6),
      weighing('d', 'oppose', '2024-02-01', 0.05, { strength: 0.1 }),
    );
    const { moments } = explainHistory(history, defaultMethod);
    expect(moments[1]?.statingStrength).toEqual([{ id: 'b', weight: 0.5 }]);
    expect(moments[1]?.speaking.map(({ id }) => id)).toEqual(['c', 'b', 'd']);
    const evidence = history.changes.find(({ track }) => track === 'strength')?.evidence;
    expect(evidence?.map(({ statementId }) => statementId)).toEqual(['b']);
  });
});

describe('what was said under a condition', () => {
  const condition = 'only if asked';
  const historyUnder = () =>
    fold(
      weighing('a', 'support', '2024-01-01', 0.6),
      weighing('b', 'oppose', '2024-01-01', 0.6, { condition }),
      weighing('c', 'oppose', '2024-02-01', 0.6, { condition }),
    );
  const explainedUnder = () => explainHistory(historyUnder(), defaultMethod);

  it('is explained apart, with sums of its own', () => {
    const told = explainedUnder();
    expect(linesOf(told, 'a')).toEqual(['2024-01-01 opened 0.6:0']);
    expect(told.steps.map(({ change }) => change.openedBy)).toEqual(['a']);
    const [under] = told.conditional;
    expect(under === undefined ? null : linesOf(under, 'b')).toEqual([
      '2024-01-01 opened 0.6:0',
      '2024-02-01 supports 1.2:0 enough',
    ]);
  });

  it('stands among all statements, with its moment there', () => {
    const moments = explainedUnder().statements.map(({ placed, moment }) => [
      placed.statement.id,
      moment?.direction,
      moment?.effect,
    ]);
    expect(moments).toEqual([
      ['a', 'support', 'opened'],
      ['b', 'oppose', 'opened'],
      ['c', 'oppose', 'confirmed'],
    ]);
  });

  it('is no basis of the stance without one', () => {
    const history = historyUnder();
    expect(basisOf(history, day('2024-02-01'))?.change.openedBy).toBe('a');
    const [under] = history.conditional;
    expect(under === undefined ? null : basisOf(under, day('2024-02-01'))?.change.openedBy).toBe('b');
  });
});

describe('what was taken back', () => {
  it('has no moment in a step any more, and nothing is missing', () => {
    const disownedBy = { id: 'z', day: day('2024-03-01') };
    const told = explained(start, statement('b', 'oppose', '2024-02-01', { disownedBy }));
    expect(stepOf(told, 'b')).toMatchObject({
      change: { status: 'withdrawn', disownedBy: 'z', withdrawnAt: day('2024-03-01') },
      entries: [],
      missing: null,
    });
    expect(told.moments.map(({ direction }) => direction)).toEqual(['support', null]);
  });
});

const close = (value: number): number => Math.round(value * 1e8) / 1e8;

const closing = new Set<StepEntry['settles']>(['outweighed', 'third-side', 'direction-changed']);

/** All that an explanation of a step promises, whatever the statements. */
const expectSound = ({ change, entries, missing }: ExplainedStep): void => {
  const [opening] = entries;
  const last = entries.at(-1);
  if (opening === undefined || last === undefined) throw new Error('a step without an opening');
  expect([opening.effect, opening.day]).toEqual(['opened', change.at]);
  expect(entries.slice(0, -1).every(({ settles }) => settles === null)).toBe(true);
  expect(entries.slice(1).every(({ effect }) => effect !== 'opened')).toBe(true);
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before === undefined) continue;
    expect(entry.day).toBeGreaterThan(before.day);
    expect(close(entry.for - before.for)).toBe(entry.effect === 'supports' ? close(entry.adds) : 0);
    expect(close(entry.against - before.against)).toBe(entry.effect === 'opposes' ? close(entry.adds) : 0);
  }
  const { enough } = defaultMethod;
  if (change.status === 'provisional') {
    expect(last.settles).toBeNull();
    expect(close(missing?.weight ?? NaN)).toBe(close(Math.max(0, enough - last.for, last.against - last.for)));
    return;
  }
  expect(missing).toBeNull();
  expect(last.day).toBe(change.confirmedAt ?? change.withdrawnAt);
  if (change.status === 'withdrawn') expect(closing).toContain(last.settles);
  else expect(['strong', 'enough']).toContain(last.settles);
  if (last.settles === 'enough') {
    expect(close(last.for)).toBeGreaterThanOrEqual(enough);
    expect(close(last.for)).toBeGreaterThan(close(last.against));
  }
  if (last.settles === 'outweighed') expect(close(last.against)).toBeGreaterThanOrEqual(close(last.for));
  if (last.settles === 'strong') expect(last.adds).toBeGreaterThan(0);
};

describe('whatever was said', () => {
  const histories = statements(40).map((all): History => foldHistory(all, defaultMethod));

  it('the product of the factors is the weight', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { placed } of explainHistory(history, defaultMethod).statements) {
          const product = placed.factors.reduce((sum, { factor }) => sum * factor, 1);
          expect(close(product)).toBe(close(placed.weight));
        }
      }),
      { numRuns: rounds(100) },
    );
  });

  it('every change is told from its opening to what settled it, and the sums follow from what each moment adds', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { steps } = explainHistory(history, defaultMethod);
        expect(steps.map(({ change }) => change)).toEqual(
          history.changes.filter(({ condition }) => condition === undefined),
        );
        for (const explainedStep of steps) expectSound(explainedStep);
      }),
      { numRuns: rounds(100) },
    );
  });

  it('the moments are those of the history: contested ones, days and statements', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const told = explainHistory(history, defaultMethod);
        expect(told.statements.map(({ placed }) => placed)).toEqual(history.placed);
        expect(
          told.moments
            .filter(({ contested }) => contested)
            .map(({ day: on, direction, weights }) => ({ day: on, prevailing: direction, weights })),
        ).toEqual(history.contested.map(({ day: on, prevailing, weights }) => ({ day: on, prevailing, weights })));
        for (const { placed, moment } of told.statements) {
          if (moment !== null) expect([moment.day, moment.contested]).toEqual([placed.day, placed.contested]);
        }
      }),
      { numRuns: rounds(100) },
    );
  });

  it('what a moment did for the direction is what the steps tell of its day', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { moments, steps } = explainHistory(history, defaultMethod);
        const entries = steps
          .filter(({ change }) => change.track === 'direction')
          .flatMap((told) => told.entries.map((entry) => ({ ...entry, status: told.change.status })));
        for (const { day: on, effect } of moments) {
          const ofDay = entries.filter((entry) => entry.day === on);
          const some = (wanted: (entry: (typeof ofDay)[number]) => boolean): boolean => ofDay.some(wanted);
          expect(some((entry) => entry.effect === 'opened')).toBe(effect === 'opened');
          expect(some((entry) => entry.effect === 'supports')).toBe(effect === 'supports' || effect === 'confirmed');
          if (effect === 'confirmed')
            expect(some(({ settles, status }) => settles !== null && status === 'confirmed')).toBe(true);
          expect(some(({ settles }) => settles === 'outweighed')).toBe(effect === 'withdrew');
          if (effect === 'none' || effect === 'reaffirms') expect(ofDay).toEqual([]);
        }
      }),
      { numRuns: rounds(100) },
    );
  });

  it('the order of arrival does not matter', () => {
    fc.assert(
      fc.property(statements(30), (all) => {
        const [forth, back] = [all, all.toReversed()].map((order) =>
          explainHistory(foldHistory(order, defaultMethod), defaultMethod),
        );
        expect(forth).toEqual(back);
      }),
      { numRuns: rounds(100) },
    );
  });
});
