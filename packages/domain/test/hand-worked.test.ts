import { describe, expect, it } from 'vitest';

import { defaultMethod, foldHistory, stanceAt } from '../src/index.ts';
import type { KnownStatement, StanceChange } from '../src/index.ts';
import { day, vote, weighing } from './given.ts';

const brief = ({ kind, status, at, confirmedAt, withdrawnAt }: StanceChange): unknown => ({
  kind,
  status,
  at,
  confirmedAt,
  withdrawnAt,
});

const changesOf = (statements: readonly KnownStatement[]): unknown[] =>
  foldHistory(statements, defaultMethod).changes.map(brief);

const settled = (kind: string, status: string, at: string, on: string | null): unknown => ({
  kind,
  status,
  at: day(at),
  confirmedAt: status === 'confirmed' && on !== null ? day(on) : null,
  withdrawnAt: status === 'withdrawn' && on !== null ? day(on) : null,
});

const paper = (name: string): Partial<KnownStatement> => ({ directness: 'indirect', publisher: name });

describe('the histories worked by hand', () => {
  it('(a) oppose .8, .8, .8 from three papers, then support .8, then oppose .8: confirmed oppose with reaffirmations; one reversal, provisional, withdrawn', () => {
    const five = ['oppose', 'oppose', 'oppose', 'support', 'oppose'] as const;
    const statements = five.map((direction, index) =>
      weighing(`s${index}`, direction, `2024-0${index + 1}-01`, 1, paper(`p${index}`)),
    );
    expect(changesOf(statements.slice(0, 4))).toEqual([
      settled('first', 'confirmed', '2024-01-01', '2024-02-01'),
      settled('reversal', 'provisional', '2024-04-01', null),
    ]);
    const history = foldHistory(statements, defaultMethod);
    expect(history.changes.map(brief)).toEqual([
      settled('first', 'confirmed', '2024-01-01', '2024-02-01'),
      settled('reversal', 'withdrawn', '2024-04-01', '2024-05-01'),
    ]);
    expect(stanceAt(history)).toMatchObject({
      status: 'confirmed',
      direction: 'oppose',
      provisional: null,
      statements: 5,
      reaffirmations: 3,
    });
  });

  it('(b) recorded votes no, abstain, no: two confirmed changes', () => {
    expect(
      changesOf([
        vote('a', 'oppose', '2015-10-26'),
        vote('b', 'neutral', '2016-10-26'),
        vote('c', 'oppose', '2017-11-01'),
      ]),
    ).toEqual([
      settled('first', 'confirmed', '2015-10-26', '2015-10-26'),
      settled('to-neutral', 'confirmed', '2016-10-26', '2016-10-26'),
      settled('from-neutral', 'confirmed', '2017-11-01', '2017-11-01'),
    ]);
  });

  it('(c) support confirmed; oppose .56 in one paper in March, .56 in another in May: one reversal dated March, confirmed in May', () => {
    expect(
      changesOf([
        weighing('a', 'support', '2024-01-10', 1),
        weighing('b', 'oppose', '2024-03-05', 0.7, paper('p')),
        weighing('c', 'oppose', '2024-05-06', 0.7, paper('q')),
      ]),
    ).toEqual([
      settled('first', 'confirmed', '2024-01-10', '2024-01-10'),
      settled('reversal', 'confirmed', '2024-03-05', '2024-05-06'),
    ]);
  });

  it('(d) support confirmed; oppose .4 in 2010, nine supports of .3 from different papers 2011-19, oppose .4 in 2020: withdrawn in 2012, a new provisional one in 2020', () => {
    const supports = Array.from({ length: 9 }, (_, index) =>
      weighing(`s${index}`, 'support', `${2011 + index}-01-01`, 0.3, { publisher: `p${index}` }),
    );
    expect(
      changesOf([
        weighing('a', 'support', '2009-01-01', 1),
        weighing('b', 'oppose', '2010-01-01', 0.4),
        ...supports,
        weighing('c', 'oppose', '2020-01-01', 0.4),
      ]),
    ).toEqual([
      settled('first', 'confirmed', '2009-01-01', '2009-01-01'),
      settled('reversal', 'withdrawn', '2010-01-01', '2012-01-01'),
      settled('reversal', 'provisional', '2020-01-01', null),
    ]);
  });
});
