import { describe, expect, it } from 'vitest';

import type { KnownStatement } from '../src/index.ts';
import { fold, statement, vote, weighing } from './given.ts';

const roles = (...all: readonly KnownStatement[]): string[] =>
  fold(...all).placed.map(({ statement: { id }, role }) => `${id} ${role}`);

const said = (id: string, month: number, direction: KnownStatement['direction'], weight = 1): KnownStatement =>
  weighing(id, direction, `2024-${String(month).padStart(2, '0')}-01`, weight);

describe('what a statement did', () => {
  it('in a change that is confirmed: it opened, opposed, supported and confirmed it, and later ones reaffirm', () => {
    expect(
      roles(
        said('a', 1, 'support'),
        said('b', 2, 'support'),
        said('c', 3, 'oppose', 0.5),
        said('d', 4, 'support', 0.3),
        said('e', 5, 'oppose', 0.2),
        said('f', 6, 'oppose', 0.3),
        said('g', 7, 'oppose', 0.3),
      ),
    ).toEqual(['a opened', 'b reaffirms', 'c opened', 'd opposes', 'e supports', 'f confirmed', 'g reaffirms']);
  });

  it('in a change that is withdrawn: the former direction withdrew it', () => {
    expect(roles(said('a', 1, 'support'), said('b', 2, 'oppose', 0.5), said('c', 3, 'support', 0.5))).toEqual([
      'a opened',
      'b opened',
      'c withdrew',
    ]);
  });

  it('before anything is confirmed: what does not lead, or lost, opposed what did', () => {
    expect(
      roles(
        said('a', 1, 'oppose', 0.3),
        said('b', 2, 'oppose', 0.3),
        said('c', 3, 'support', 0.5),
        said('d', 4, 'support', 0.5),
      ),
    ).toEqual(['a opposes', 'b opposes', 'c opened', 'd confirmed']);
    expect(roles(said('a', 1, 'oppose', 0.3), said('b', 2, 'oppose', 0.3), said('c', 3, 'oppose', 0.5))).toEqual([
      'a opened',
      'b supports',
      'c confirmed',
    ]);
    expect(roles(said('a', 1, 'support', 0.5), said('b', 2, 'oppose', 0.3))).toEqual(['a opened', 'b opposes']);
  });

  it('on its day: it was outvoted, disputed, repeated or copied another, or weighed nothing', () => {
    const on = '2024-02-01';
    expect(roles(weighing('a', 'support', on, 0.8), weighing('b', 'oppose', on, 0.2))).toEqual([
      'a opened',
      'b outvoted',
    ]);
    expect(roles(vote('a', 'support', on), statement('b', 'support', on))).toEqual(['a opened', 'b outvoted']);
    expect(roles(weighing('a', 'support', on, 0.8), weighing('b', 'oppose', on, 0.8))).toEqual([
      'a opened',
      'b opened',
    ]);
    const account = { utteranceId: 'u' };
    expect(roles(weighing('a', 'support', on, 0.8, account), weighing('b', 'oppose', on, 0.8, account))).toEqual([
      'a disputed',
      'b disputed',
    ]);
    expect(roles(weighing('a', 'support', on, 0.8, account), weighing('b', 'support', on, 0.7, account))).toEqual([
      'a opened',
      'b repeats',
    ]);
    expect(roles(statement('a', 'unclear', on), statement('b', 'support', on, { act: 'decline' }))).toEqual([
      'a weighs-nothing',
      'b weighs-nothing',
    ]);
  });
});
