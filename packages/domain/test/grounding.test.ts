import { describe, expect, it } from 'vitest';

import { historyId, pointedAt, stanceAt } from '../src/index.ts';
import type { KnownStatement } from '../src/index.ts';
import { day, lines, statement, weighing } from './given.ts';
import { by, folded, groundOf, of, points } from './pointing.ts';

describe('an endorsement', () => {
  it('comes to the stance it points at, with the path to it', () => {
    const history = folded(
      'h',
      by('m', statement('a', 'support', '2024-01-01')),
      points('h', 'e', of('m'), '2024-01-02'),
    );
    expect(stanceAt(history)).toMatchObject({ status: 'confirmed', direction: 'support' });
    expect(history.placed[0]?.statement.ground).toEqual({
      direction: 'support',
      weight: 1,
      reason: 'endorsed',
      seen: { status: 'confirmed', direction: 'support', since: day('2024-01-01'), openedBy: 'a' },
      path: [of('m')],
    });
  });

  it('weighs no more than what stands behind the stance', () => {
    const ground = by('m', weighing('a', 'support', '2024-01-01', 0.5));
    const history = folded('h', ground, points('h', 'e', of('m'), '2024-01-02'));
    expect(lines(history)).toEqual(['first provisional 2024-01-02']);
    expect(history.placed[0]).toMatchObject({ weight: 0.5 });
    const factors = history.placed[0]?.factors ?? [];
    expect(factors.reduce((product, { factor }) => product * factor, 1)).toBeCloseTo(0.5, 9);
    expect(factors.at(-1)?.name).toBe('ground');
  });

  it('rests on what was said since the stance began, and on no more', () => {
    const all = [
      by('m', statement('a', 'support', '2024-01-01')),
      by('m', statement('b', 'oppose', '2024-01-02')),
      by('m', weighing('c', 'support', '2024-01-03', 0.6)),
      by('m', weighing('d', 'support', '2024-01-04', 0.5)),
      by('m', weighing('e', 'support', '2024-01-05', 0.2)),
      by('m', weighing('f', 'oppose', '2024-01-06', 0.2)),
    ];
    const seen = { status: 'confirmed', direction: 'support', since: day('2024-01-03'), openedBy: 'c' };
    expect(groundOf('z', ...all, points('h', 'z', of('m'), '2024-01-07'))).toMatchObject({ weight: 1.3, seen });
    expect(groundOf('z', ...all, points('h', 'z', of('m'), '2024-01-05'))).toMatchObject({ weight: 1.3, seen });
    const earlier = points('h', 'z', of('m'), '2024-01-04', { act: 'reject' });
    expect(groundOf('z', ...all, earlier, points('k', 'y', of('m'), '2024-01-05'))).toMatchObject({
      weight: 1.1,
      seen,
    });
    expect(groundOf('y', ...all, earlier, points('k', 'y', of('m'), '2024-01-05'))).toMatchObject({
      weight: 1.3,
      seen,
    });
  });

  it('sees a stance from its direction on, whatever became of its strength', () => {
    const all = [
      by('m', statement('a', 'support', '2024-01-01', { strength: 0.1 })),
      by('m', statement('b', 'support', '2024-01-02', { strength: 0.9 })),
    ];
    expect(groundOf('e', ...all, points('h', 'e', of('m'), '2024-01-03'))).toMatchObject({
      weight: 2,
      seen: { since: day('2024-01-01'), openedBy: 'a' },
    });
  });

  it('sees a stance that is not confirmed as that', () => {
    const all = [
      by('m', weighing('a', 'support', '2024-01-01', 0.3)),
      by('m', weighing('b', 'oppose', '2024-01-02', 0.5)),
    ];
    expect(groundOf('e', ...all, points('h', 'e', of('m'), '2024-01-03'))).toMatchObject({
      direction: 'oppose',
      weight: 0.5,
      seen: { status: 'provisional', direction: 'oppose', since: day('2024-01-02'), openedBy: 'b' },
    });
  });

  it('is looked up where its date is too vague to be placed, and where it stands under a condition', () => {
    const ground = by('m', statement('a', 'support', '2024-01-01'));
    const vague = points('h', 'e', of('m'), '2024-02-01/2024-02-29');
    const exact = by('h', statement('b', 'oppose', '2024-02-10'));
    expect(groundOf('e', ground, exact, vague)).toMatchObject({ direction: 'support' });
    expect(groundOf('e', ground, points('h', 'e', of('m'), '2024-02-01', { condition: 'if' }))).toMatchObject({
      direction: 'support',
    });
  });

  it.each(['neutral', 'mixed', 'oppose'] as const)('of %s gives that', (direction) => {
    const ground = by('m', statement('a', direction, '2024-01-01'));
    expect(groundOf('e', ground, points('h', 'e', of('m'), '2024-01-02'))).toMatchObject({ direction });
  });

  it('sees the days before, not what the other says later', () => {
    const all = [
      by('m', statement('a', 'support', '2024-01-01')),
      by('m', statement('b', 'oppose', '2024-01-03')),
      points('h', 'e', of('m'), '2024-01-02'),
      points('h', 'f', of('m'), '2024-01-04'),
    ];
    expect(groundOf('e', ...all)).toMatchObject({ direction: 'support' });
    expect(groundOf('f', ...all)).toMatchObject({ direction: 'oppose' });
  });

  it('sees what the other said for himself on the same day, and not whom he endorsed on it', () => {
    const said = by('m', statement('a', 'support', '2024-01-02'));
    expect(groundOf('e', said, points('h', 'e', of('m'), '2024-01-02'))).toMatchObject({ direction: 'support' });
    const x = by('x', statement('a', 'support', '2024-01-01'));
    const endorsing = points('m', 'b', of('x'), '2024-01-02');
    expect(groundOf('e', x, endorsing, points('h', 'e', of('m'), '2024-01-02'))).toMatchObject({ reason: 'no-stance' });
    expect(groundOf('e', x, endorsing, points('h', 'e', of('m'), '2024-01-03'))).toMatchObject({
      direction: 'support',
      path: [of('m'), of('x')],
    });
  });

  it.each([
    ['no stance', [], 'no-stance'],
    ['an insufficient one', [by('m', weighing('a', 'support', '2024-01-01', 0.3))], 'insufficient'],
    ['one under a condition', [by('m', statement('a', 'support', '2024-01-01', { condition: 'if' }))], 'no-stance'],
  ] as const)('of %s is unclear', (_, ground, reason) => {
    const history = folded('h', ...ground, points('h', 'e', of('m'), '2024-01-02'));
    expect(history.placed[0]).toMatchObject({ weight: 0, role: 'weighs-nothing' });
    expect(history.placed[0]?.statement.ground).toMatchObject({
      direction: 'unclear',
      weight: 0,
      reason,
      seen: reason === 'no-stance' ? null : { status: 'insufficient', direction: 'support' },
      path: [of('m')],
    });
  });

  it('of the holder, by a merge, is unclear', () => {
    expect(groundOf('e', points('h', 'e', of('h', 'q'), '2024-01-02'))).toMatchObject({ reason: 'own-stance' });
  });

  it('is answered clearly where two endorse each other', () => {
    const all = [
      points('h', 'e', of('m'), '2024-01-02'),
      points('m', 'f', of('h'), '2024-01-02'),
      points('h', 'g', of('m'), '2024-01-03'),
    ];
    for (const id of ['e', 'f', 'g']) expect(groundOf(id, ...all)).toMatchObject({ direction: 'unclear' });
    const said = by('m', statement('a', 'support', '2024-01-01'));
    expect(groundOf('f', said, ...all)).toMatchObject({ reason: 'no-stance' });
    expect(groundOf('g', said, ...all)).toMatchObject({ direction: 'support' });
  });

  it('stands where its provenance puts it, whatever it comes to, but for one that was taken back', () => {
    const vague = statement('v', 'oppose', '2024-02-01/2024-02-29');
    const pointing = points('h', 'e', of('m'), '2024-02-10');
    const placed = (...all: readonly KnownStatement[]) =>
      folded('h', ...all).placed.map(({ statement: { id }, role }) => `${id} ${role}`);
    expect(placed(pointing, vague)).toEqual(['e weighs-nothing', 'v unplaced']);
    const taken = statement('t', null, '2024-03-01', { act: 'disown', disowns: { statementId: 'e' } });
    expect(placed(pointing, vague, taken)).toEqual(['e disowned', 'v opened', 't weighs-nothing']);
  });

  it('told in a headline and in its text counts once, with its strength', () => {
    const ground = by('m', statement('a', 'support', '2024-01-01'));
    const told = (id: string, part: KnownStatement['part']): KnownStatement =>
      points('h', id, of('m'), '2024-01-02', {
        part,
        document: 'd',
        words: id,
        authority: 'attributed',
        strength: 0.9,
      });
    const history = folded('h', ground, told('e', 'body'), told('f', 'headline'));
    expect(history.segments).toMatchObject([{ direction: 'support', strength: 'strong', weight: 0.7 }]);
    expect(history.placed.map(({ role }) => role)).toEqual(['opened', 'repeats']);
  });

  it('holds for those of one publisher together', () => {
    const ground = by('m', statement('a', 'support', '2024-01-01'));
    const told = (id: string, publisher: string | null): KnownStatement =>
      points('h', id, of('m'), '2024-01-02', { publisher, authority: 'attributed', strength: 0.9, words: id });
    expect(folded('h', ground, told('e', 'x'), told('f', 'x')).segments[0]?.weight).toBe(0.7);
    expect(folded('h', ground, told('e', 'x'), told('f', 'y')).segments[0]?.weight).toBe(1.4);
    expect(folded('h', ground, told('e', null), told('f', null)).segments).toMatchObject([
      { strength: 'strong', weight: 1.4 },
    ]);
  });

  it('follows a long chain, a day a link', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `a${String(index)}`);
    const chain = names.slice(1).map((name, index) => {
      const date = new Date(Date.UTC(2010, 0, index + 2)).toISOString().slice(0, 10);
      return points(name, `e-${name}`, of(names[index] ?? ''), date);
    });
    const ground = groundOf('e-a1999', by('a0', weighing('s', 'oppose', '2010-01-01', 0.7)), ...chain);
    expect(ground).toMatchObject({ direction: 'oppose', weight: 0.7 });
    expect(ground?.path).toHaveLength(20);
    expect(ground?.path[0]).toEqual(of('a1998'));
  });
});

describe('a rejection', () => {
  it.each([
    ['support', 'oppose', 'rejected'],
    ['oppose', 'support', 'rejected'],
    ['neutral', 'unclear', 'rejects-no-side'],
    ['mixed', 'unclear', 'rejects-no-side'],
  ] as const)('of %s gives %s', (direction, expected, reason) => {
    const ground = by('m', statement('a', direction, '2024-01-01'));
    const rejecting = points('h', 'e', of('m'), '2024-01-02', { act: 'reject' });
    expect(groundOf('e', ground, rejecting)).toMatchObject({ direction: expected, reason });
  });
});

it('what statements point at is named once each', () => {
  const all = [
    points('h', 'e', of('m'), '2024-01-02'),
    by('h', statement('a', 'support', '2024-01-01')),
    points('h', 'f', of('m', 'q'), '2024-01-02'),
    points('h', 'g', of('m'), '2024-01-03'),
  ];
  expect(pointedAt(all)).toEqual([historyId(of('m')), historyId(of('m', 'q'))]);
});
