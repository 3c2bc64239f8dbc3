import { describe, expect, it } from 'vitest';

import { formatDay, stanceAt } from '../src/index.ts';
import { day, fold, lines, roleOf, said, statement, vote, weighing } from './given.ts';

const held = (since: string): { earliest: number | null; latest: number | null } => {
  const { earliest, latest } = said(since);
  return { earliest, latest };
};

const written = (value: number | null): string | null => (value === null ? null : formatDay(value));

describe('order and moments', () => {
  it('a moment is one calendar day: what is said on one day is weighed together, on two days one after the other', () => {
    expect(lines(fold(statement('a', 'support', '2024-01-01'), statement('b', 'oppose', '2024-01-02')))).toEqual([
      'first confirmed 2024-01-01 2024-01-01',
      'reversal confirmed 2024-01-02 2024-01-02',
    ]);
    expect(
      fold(statement('a', 'support', '2024-01-01'), statement('b', 'oppose', '2024-01-01')).segments[0]?.direction,
    ).toBe('mixed');
  });

  it('an utterance has the narrowest of its statements’ dates', () => {
    const history = fold(
      statement('a', 'support', '2024-01-01/2024-03-31', { utteranceId: 'u' }),
      weighing('b', 'support', '2024-02-10', 0.1, { utteranceId: 'u' }),
    );
    expect(lines(history)).toEqual(['first confirmed 2024-02-10 2024-02-10']);
  });

  it('the narrowest of vague dates has both its ends, and one without a beginning is the widest', () => {
    const told = (id: string, date: string) => statement(id, 'support', date, { utteranceId: 'u' });
    for (const [wide, narrow, placed] of [
      ['2024-01-01/2024-02-28', '2024-01-15/2024-03-01', '2024-03-01'],
      ['2024-01-01/2024-03-31', '2024-02-01/2024-02-28', '2024-02-28'],
      ['../2024-02-01', '2024-01-01/2024-03-31', '2024-03-31'],
      ['../1969-12-31', '1969-01-01/1969-12-30', '1969-12-30'],
    ] as const) {
      for (const all of [
        [told('a', wide), told('b', narrow)],
        [told('a', narrow), told('b', wide)],
      ]) {
        expect(fold(...all).placed.map((one) => formatDay(one.day))).toEqual([placed, placed]);
        expect(fold(...all.toReversed()).placed.map((one) => formatDay(one.day))).toEqual([placed, placed]);
      }
    }
  });

  it('of equally narrow dates an utterance has the earliest', () => {
    const history = fold(
      statement('a', 'support', '2024-02-11', { utteranceId: 'u' }),
      statement('b', 'support', '2024-02-10', { utteranceId: 'u' }),
    );
    expect(lines(history)).toEqual(['first confirmed 2024-02-10 2024-02-10']);
    expect(history.placed.map((placed) => formatDay(placed.day))).toEqual(['2024-02-10', '2024-02-10']);
  });

  it('moments go by date, statements within one by statement id', () => {
    const history = fold(
      statement('a', 'support', '2024-02-01'),
      statement('c', 'support', '2024-01-01'),
      statement('b', 'support', '2024-01-01'),
    );
    expect(history.placed.map((placed) => placed.statement.id)).toEqual(['b', 'c', 'a']);
    expect(history.changes[0]?.openedBy).toBe('b');
  });

  it('the opening statement is the first by id in its moment', () => {
    const history = fold(statement('b', 'support', '2024-01-01'), statement('a', 'unclear', '2024-01-01'));
    expect(history.changes.map((change) => change.openedBy)).toEqual(['a']);
  });

  describe('a date vaguer than a day', () => {
    const exact = statement('x', 'support', '2024-02-10');

    it('opens nothing and adds to no sum where day-exact moments of weight above 0 stand in its interval', () => {
      const history = fold(exact, statement('v', 'oppose', '2024-02-01/2024-02-29'));
      expect(lines(history)).toEqual(['first confirmed 2024-02-10 2024-02-10']);
      const half = weighing('x', 'support', '2024-02-10', 0.6);
      expect(lines(fold(half, weighing('v', 'support', '2024-02-01/2024-02-29', 0.6)))).toEqual([
        'first provisional 2024-02-10',
      ]);
    });

    it('is counted with the segment there that agrees with it', () => {
      const history = fold(exact, statement('v', 'support', '2024-02-01/2024-02-29'));
      expect(roleOf(history, 'v')).toBe('reaffirms');
      expect(stanceAt(history)).toMatchObject({ statements: 2, reaffirmations: 1 });
    });

    it('is else listed as unplaced', () => {
      const history = fold(exact, statement('v', 'oppose', '2024-02-01/2024-02-29'));
      expect(roleOf(history, 'v')).toBe('unplaced');
      expect(stanceAt(history)).toMatchObject({ statements: 2, reaffirmations: 0 });
    });

    it('is placed at its latest bound where no day-exact moments stand in its interval', () => {
      const history = fold(exact, statement('v', 'oppose', '2024-03-01/2024-03-31'));
      expect(lines(history)).toEqual([
        'first confirmed 2024-02-10 2024-02-10',
        'reversal confirmed 2024-03-31 2024-03-31',
      ]);
    });

    it('is placed at its latest bound where the day-exact moments in its interval weigh nothing', () => {
      const history = fold(statement('x', 'unclear', '2024-03-10'), statement('v', 'oppose', '2024-03-01/2024-03-31'));
      expect(lines(history)).toEqual(['first confirmed 2024-03-31 2024-03-31']);
    });

    it('with an open beginning reaches back without end', () => {
      expect(roleOf(fold(exact, statement('v', 'oppose', '../2024-02-29')), 'v')).toBe('unplaced');
      expect(roleOf(fold(exact, statement('v', 'oppose', '../2024-02-09')), 'v')).toBe('opened');
    });
  });

  describe('heldSince', () => {
    it('never opens a step at the day that is claimed, nor prevents one at the day of the statement', () => {
      const history = fold(
        statement('a', 'support', '2024-01-01'),
        statement('b', 'oppose', '2024-02-01', { heldSince: held('2023-01-01') }),
      );
      expect(lines(history)).toEqual([
        'first confirmed 2024-01-01 2024-01-01',
        'reversal confirmed 2024-02-01 2024-02-01',
      ]);
    });

    it('makes the statement a reaffirmation', () => {
      const plain = fold(statement('a', 'oppose', '2024-02-01'));
      const claimed = fold(statement('a', 'oppose', '2024-02-01', { heldSince: held('2023-01-01') }));
      expect([stanceAt(plain).reaffirmations, stanceAt(claimed).reaffirmations]).toEqual([0, 1]);
      expect(stanceAt(claimed).evidence.map(({ role }) => role)).toEqual(['reaffirms']);
    });

    it('gives claimedSince', () => {
      const view = stanceAt(fold(statement('a', 'oppose', '2024-02-01', { heldSince: held('2022-02-01/2022-02-28') })));
      expect([view.since, view.claimedSince].map(written)).toEqual(['2024-02-01', '2022-02-01']);
    });

    it('reaches back at most to the day after the last contrary moment', () => {
      const history = fold(
        statement('a', 'support', '2023-05-05'),
        statement('b', 'oppose', '2024-02-01', { heldSince: held('2022-02-01') }),
      );
      expect(written(stanceAt(history).claimedSince)).toBe('2023-05-06');
    });

    it('is bounded by the last of contrary moments, whichever of the other directions that has', () => {
      for (const [before, last] of [
        ['support', 'neutral'],
        ['neutral', 'support'],
      ] as const) {
        const history = fold(
          statement('a', before, '2023-03-03'),
          statement('b', last, '2023-05-05'),
          statement('c', 'oppose', '2024-02-01', { heldSince: held('2022-02-01') }),
        );
        expect(written(stanceAt(history).claimedSince)).toBe('2023-05-06');
      }
    });

    it('is not bounded by days on which nothing weighs', () => {
      const history = fold(
        statement('a', 'unclear', '2023-05-05'),
        statement('b', 'unclear', '2023-05-05'),
        statement('c', 'support', '2023-06-05', { act: 'decline' }),
        statement('d', 'oppose', '2024-02-01', { heldSince: held('2022-02-01') }),
      );
      expect(written(stanceAt(history).claimedSince)).toBe('2022-02-01');
    });

    it('gives nothing where it does not reach back before the stance', () => {
      expect(
        stanceAt(
          fold(
            statement('a', 'oppose', '2024-02-01'),
            statement('b', 'oppose', '2024-03-01', { heldSince: held('2024-02-15') }),
          ),
        ).claimedSince,
      ).toBeNull();
    });
  });

  it('recorded votes decide their day: direction, weight and dispute come from them alone', () => {
    const history = fold(
      vote('v', 'oppose', '2024-02-01'),
      statement('a', 'support', '2024-02-01', { utteranceId: 'u' }),
      statement('b', 'oppose', '2024-02-01', { utteranceId: 'u' }),
    );
    expect(lines(history)).toEqual(['first confirmed 2024-02-01 2024-02-01']);
    expect([history.segments[0]?.direction, history.segments[0]?.weight, history.contested.length]).toEqual([
      'oppose',
      1,
      0,
    ]);
    expect([roleOf(history, 'v'), roleOf(history, 'a')]).toEqual(['opened', 'outvoted']);
  });

  it('of one who votes both ways on a day the direction is mixed', () => {
    const history = fold(vote('v', 'oppose', '2024-02-01'), vote('w', 'support', '2024-02-01'));
    expect(history.segments[0]).toMatchObject({ direction: 'mixed', weight: 1 });
  });

  it('before the first change there is no stance', () => {
    const view = stanceAt(fold(statement('a', 'oppose', '2024-02-01')), day('2024-01-31'));
    expect(view).toMatchObject({
      status: 'insufficient',
      direction: null,
      since: null,
      statements: 0,
      lastSaid: null,
      evidence: [],
    });
  });
});
