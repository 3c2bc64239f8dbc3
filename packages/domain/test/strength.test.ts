import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultMethod, foldHistory, stanceAt } from '../src/index.ts';
import type { Direction, KnownStatement } from '../src/index.ts';
import { plainStatements } from './arbitrary.ts';
import { day, fold, lines, statement, weighing } from './given.ts';
import { rounds } from './rounds.ts';

const said = (month: number, strength: number | null, weight = 1, direction: Direction = 'support') =>
  weighing(`m${month}`, direction, `2024-${String(month).padStart(2, '0')}-01`, weight, { strength });

const bandOf = (strength: number | null): string | null => {
  if (strength === null) return null;
  return strength < 0.4 ? 'weak' : strength < 0.75 ? 'moderate' : 'strong';
};

const strengthLines = (...all: readonly KnownStatement[]): string[] => lines(fold(...all), 'strength');

describe('strength', () => {
  it.each([
    [0.39, 'weak'],
    [0.4, 'moderate'],
    [0.74, 'moderate'],
    [0.75, 'strong'],
  ])('%s is %s', (strength, band) => {
    expect(stanceAt(fold(said(1, strength))).strength).toBe(band);
  });

  it('the first band is set without a change', () => {
    expect(fold(said(1, null), said(2, 0.9)).changes).toHaveLength(1);
    expect(stanceAt(fold(said(1, null), said(2, 0.9))).strength).toBe('strong');
  });

  it('then steps go as those of the direction do: hardening and softening', () => {
    expect(strengthLines(said(1, 0.5), said(2, 0.9))).toEqual(['hardening confirmed 2024-02-01 2024-02-01']);
    expect(strengthLines(said(1, 0.5), said(2, 0.1, 0.5))).toEqual(['softening provisional 2024-02-01']);
    expect(strengthLines(said(1, 0.5), said(2, 0.1, 0.5), said(3, 0.1, 0.5))).toEqual([
      'softening confirmed 2024-02-01 2024-03-01',
    ]);
    expect(strengthLines(said(1, 0.5), said(2, 0.1, 0.5), said(3, 0.5, 0.5))).toEqual([
      'softening withdrawn 2024-02-01 2024-03-01',
    ]);
    expect(strengthLines(said(1, 0.5), said(2, 0.9), said(3, 0.9), said(4, 0.5))).toEqual([
      'hardening confirmed 2024-02-01 2024-02-01',
      'softening confirmed 2024-04-01 2024-04-01',
    ]);
    expect(strengthLines(said(1, 0.5), said(2, 0.1, 0.5), said(3, 0.9, 0.5))).toEqual([
      'softening withdrawn 2024-02-01 2024-03-01',
      'hardening provisional 2024-03-01',
    ]);
  });

  it('unstated strength never softens or hardens', () => {
    expect(strengthLines(said(1, 0.9), said(2, null), said(3, null))).toEqual([]);
    expect(strengthLines(said(1, 0.9), said(2, 0.1, 0.5), said(3, null), said(4, 0.1, 0.5))).toEqual([
      'softening confirmed 2024-02-01 2024-04-01',
    ]);
  });

  it('a moment’s band needs two thirds of the weight, else it has none', () => {
    const on = '2024-02-01';
    const of = (id: string, strength: number, weight: number) => weighing(id, 'support', on, weight, { strength });
    expect(strengthLines(said(1, 0.9), of('b', 0.1, 0.4), of('c', 0.9, 0.4))).toEqual([]);
    expect(strengthLines(said(1, 0.9), of('b', 0.1, 0.4), of('c', 0.1, 0.4), of('d', 0.9, 0.4))).toEqual([
      'softening provisional 2024-02-01',
    ]);
  });

  it('a strong utterance by itself confirms any band at once, though it is less than enough', () => {
    for (const [from, to, kind] of [
      [0.5, 0.1, 'softening'],
      [0.9, 0.5, 'softening'],
      [0.5, 0.9, 'hardening'],
    ] as const) {
      expect(strengthLines(said(1, from), said(2, to, 0.9))).toEqual([`${kind} confirmed 2024-02-01 2024-02-01`]);
      expect(strengthLines(said(1, from), said(2, to, 0.84))).toEqual([`${kind} provisional 2024-02-01`]);
    }
  });

  it('a moment’s band is confirmed at once where one of its utterances is strong, and of its direction alone', () => {
    const of = (id: string, weight: number, strength: number | null, direction: Direction = 'support') =>
      weighing(id, direction, '2024-02-01', weight, { strength });
    expect(strengthLines(said(1, 0.9), of('b', 0.9, 0.1), of('c', 0.2, 0.1))).toEqual([
      'softening confirmed 2024-02-01 2024-02-01',
    ]);
    expect(strengthLines(said(1, 0.9), of('b', 0.45, 0.1), of('c', 0.45, 0.1))).toEqual([
      'softening provisional 2024-02-01',
    ]);
    expect(strengthLines(said(1, 0.9), of('b', 0.45, 0.1), of('c', 0.9, null))).toEqual([
      'softening provisional 2024-02-01',
    ]);
    expect(strengthLines(said(1, 0.1), of('b', 0.5, 0.9), of('c', 0.5, null), of('d', 0.4, 0.1, 'oppose'))).toEqual([
      'hardening provisional 2024-02-01',
    ]);
  });

  it('other directions are ignored', () => {
    expect(strengthLines(said(1, 0.9), said(2, 0.1, 0.4, 'oppose'))).toEqual([]);
  });

  it('a contested moment never confirms a strength step', () => {
    const contested = [
      weighing('b', 'support', '2024-02-01', 0.9, { strength: 0.1, utteranceId: 'u' }),
      weighing('c', 'oppose', '2024-02-01', 0.2, { utteranceId: 'u' }),
    ];
    expect(strengthLines(said(1, 0.9), ...contested)).toEqual(['softening provisional 2024-02-01']);
  });

  it('a confirmed step of direction ends the track and withdraws what is open in it', () => {
    expect(strengthLines(said(1, 0.9), said(2, 0.1, 0.5), said(3, 0.5, 1, 'oppose'))).toEqual([
      'softening withdrawn 2024-02-01 2024-03-01',
    ]);
    const turned = fold(said(1, 0.9), said(2, 0.1, 1, 'oppose'));
    expect(lines(turned, 'strength')).toEqual([]);
    expect(stanceAt(turned).strength).toBe('weak');
    expect(turned.changes[1]).toMatchObject({
      from: { direction: 'support', strength: 'strong' },
      to: { direction: 'oppose', strength: 'weak' },
    });
  });

  it('a provisional step of direction does not end the track', () => {
    expect(strengthLines(said(1, 0.9), said(2, null, 0.5, 'oppose'), said(3, 0.1, 1))).toEqual([
      'softening confirmed 2024-03-01 2024-03-01',
    ]);
  });

  it('steps within a direction that is not confirmed yet are told once it is', () => {
    const before = [said(1, 0.9, 0.3), said(2, 0.1, 0.3)];
    expect(strengthLines(...before)).toEqual([]);
    expect(strengthLines(...before, said(3, null))).toEqual(['softening provisional 2024-02-01']);
    expect(strengthLines(said(1, 0.9, 0.3), said(2, 0.1, 0.2), said(3, 0.9, 0.2), said(4, null))).toEqual([
      'softening withdrawn 2024-02-01 2024-03-01',
    ]);
  });

  it.each([
    [0.1, 0.9, 'hardening', 'weak'],
    [0.5, 0.9, 'hardening', 'moderate'],
    [0.9, 0.5, 'softening', 'strong'],
  ])('a direction begins with the band it had first: %s before %s', (before, after, kind, band) => {
    const others = [said(1, null, 0.8, 'oppose'), said(2, null, 0.8, 'neutral')];
    const history = fold(
      ...others,
      said(3, before, 0.4),
      said(4, after, 0.5),
      said(5, after, 0.5),
      said(6, after, 0.8),
    );
    expect(lines(history)).toEqual(['first confirmed 2024-03-01 2024-06-01']);
    expect(lines(history, 'strength')).toEqual([`${kind} confirmed 2024-04-01 2024-05-01`]);
    expect(history.changes[0]?.to).toEqual({ direction: 'support', strength: band });
    expect(history.segments.map(({ strength }) => strength)).toEqual([band, after === 0.9 ? 'strong' : 'moderate']);
  });

  it('of the direction before a change is the one that held when the change was opened', () => {
    const history = fold(
      said(1, null),
      said(2, null, 0.5, 'oppose'),
      said(3, 0.9, 0.2),
      said(4, null, 0.6, 'oppose'),
      said(5, 0.5, 0.2),
    );
    expect(lines(history)[1]).toBe('reversal confirmed 2024-02-01 2024-04-01');
    expect(history.changes[1]?.from).toEqual({ direction: 'support', strength: null });
    const withdrawn = fold(said(1, 0.5), said(2, null, 0.5, 'oppose'), said(3, 0.9, 0.9));
    expect(withdrawn.changes.map(({ kind, from }) => [kind, from?.strength])).toEqual([
      ['first', undefined],
      ['reversal', 'moderate'],
      ['hardening', 'moderate'],
    ]);
  });

  it('steps while a change of direction is under way are told once that is confirmed', () => {
    const turning = [said(1, null), said(2, 0.1, 0.5, 'oppose'), said(3, 0.9, 0.3, 'oppose')];
    expect(strengthLines(...turning)).toEqual([]);
    expect(strengthLines(...turning, said(4, null, 0.3, 'oppose'))).toEqual(['hardening provisional 2024-03-01']);
  });

  it('since is the direction’s, and segments are cut where the band changes', () => {
    const history = fold(said(1, 0.5), said(3, 0.9));
    expect(stanceAt(history)).toMatchObject({ since: day('2024-01-01'), strength: 'strong' });
    expect(history.segments.map(({ strength, from, to }) => [strength, from, to])).toEqual([
      ['moderate', day('2024-01-01'), day('2024-02-29')],
      ['strong', day('2024-03-01'), null],
    ]);
  });

  it('what was said after a direction ended gives it no band, though it confirmed a step while that was under way', () => {
    const before = [said(1, 0.9), said(2, null, 0.56, 'oppose'), said(3, null, 0.4, 'oppose')];
    const history = fold(...before, said(4, 0.1, 0.9), said(5, null, 0.56, 'oppose'));
    expect(lines(history, 'strength')).toEqual(['softening confirmed 2024-04-01 2024-04-01']);
    expect(history.segments.map(({ direction, strength, from }) => [direction, strength, from])).toEqual([
      ['support', 'strong', day('2024-01-01')],
      ['oppose', null, day('2024-02-01')],
    ]);
    const [unstated, ...rest] = [said(1, null), ...before.slice(1), said(4, 0.1, 0.9), said(5, null, 0.56, 'oppose')];
    expect(fold(unstated, ...rest).segments[0]).toMatchObject({ direction: 'support', strength: null });
  });

  it('every band of a segment was stated in it, or since its direction holds', () => {
    fc.assert(
      fc.property(plainStatements(12), (all) => {
        const { segments, placed } = foldHistory(all, defaultMethod);
        for (const { strength, since, to } of segments) {
          if (strength === null) continue;
          const stated = placed.filter(({ day: on }) => on >= since && (to === null || on <= to));
          expect(stated.map((one) => bandOf(one.statement.strength))).toContain(strength);
        }
      }),
      { numRuns: rounds(1000) },
    );
  });

  it('more of the same direction and band is reaffirmation: counted, never a change', () => {
    const history = fold(said(1, 0.5), said(2, 0.5), said(3, null), said(4, 0.1, 0.2));
    expect(history.placed.map(({ reaffirmation }) => reaffirmation)).toEqual([false, true, true, false]);
    expect(lines(history)).toHaveLength(1);
    expect(stanceAt(history).reaffirmations).toBe(2);
  });

  it('does not weigh: a weakly held stance is confirmed as a strongly held one is', () => {
    expect(fold(statement('a', 'oppose', '2024-01-01', { strength: 0.01 })).changes[0]?.status).toBe('confirmed');
  });
});
