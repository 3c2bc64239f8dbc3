import { describe, expect, it } from 'vitest';

import { historyExtents } from '../browser/chart/history-extent.ts';
import { layMarks } from '../browser/chart/mark-layout.ts';
import type { Mark } from '../browser/chart/mark-layout.ts';
import { createTimeScale } from '../browser/chart/time-scale.ts';
import { dayOf } from '../browser/data/days.ts';
import { said } from './said.ts';

const day = (iso: string): number => dayOf(iso) ?? 0;
const year = createTimeScale([day('2024-01-01'), day('2024-12-31')], 800);
const bandHeight = 30;

const hiddenBy = (marks: readonly Mark[]): number =>
  marks.flatMap((a, index) =>
    marks.slice(index + 1).filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius),
  ).length;

describe('the marks of a history', () => {
  it('stand above the line where they support, below it where they oppose, on it where they do neither', () => {
    const sides = ['support', 'oppose', 'neutral', 'mixed', 'unclear'] as const;
    const { marks, bandTop } = layMarks(
      sides.map((direction, index) => said({ id: direction, direction, day: `2024-0${index + 1}-10` })),
      year,
      bandHeight,
    );
    const line = bandTop + bandHeight / 2;
    expect(marks.map(({ y }) => Math.sign(y - line))).toEqual([-1, 1, 0, 0, 0]);
  });

  it('takes the side of an endorsement from the stance that it points at', () => {
    const { marks } = layMarks(
      [
        said({
          ground: { direction: 'oppose', reason: 'endorsed', weight: 1, path: [{ holder: 'b', proposition: 'p' }] },
        }),
      ],
      year,
      bandHeight,
    );
    expect(marks[0]?.side).toBe('oppose');
  });

  it('have an area by weight, and are hollow where they do not count', () => {
    const { marks } = layMarks(
      [
        said({ id: 'a', weight: 1, day: '2024-01-15' }),
        said({ id: 'b', weight: 0.25, day: '2024-03-01' }),
        said({ id: 'c', weight: 0.9, role: 'disowned', day: '2024-05-01' }),
        said({ id: 'd', weight: 0.9, condition: 'it rains', day: '2024-07-01' }),
      ],
      year,
      bandHeight,
    );
    expect(marks.map(({ counts }) => counts)).toEqual([true, true, false, false]);
    expect((marks[1]?.radius ?? 0) / (marks[0]?.radius ?? 1)).toBeCloseTo(0.5);
  });

  it('of one day do not hide each other, not even a thousand at the edge of a narrow picture', () => {
    for (const [count, width] of [
      [12, 800],
      [12, 260],
      [1000, 800],
      [1000, 260],
    ] as const) {
      for (const on of ['2024-01-01', '2024-12-31']) {
        const scale = createTimeScale([day('2024-01-01'), day('2024-12-31')], width);
        const sides = ['support', 'oppose', 'neutral'] as const;
        const statements = Array.from({ length: count }, (_, index) =>
          said({ id: `s${index}`, direction: sides[index % 3] ?? 'support', day: on, weight: (index % 10) / 10 }),
        );
        const { marks, height } = layMarks(statements, scale, bandHeight);
        expect(marks).toHaveLength(count);
        expect(hiddenBy(marks)).toBe(0);
        expect(marks.every(({ x, y }) => x >= 0 && x <= width && y >= 0 && y <= height)).toBe(true);
      }
    }
  });

  it('show over which days something may have been said, as far as the picture goes', () => {
    const { marks } = layMarks(
      [
        said({ id: 'a', day: '2024-06-08', earliest: '2024-06-05' }),
        said({ id: 'b', day: '2024-06-09', earliest: null }),
        said({ id: 'c', day: '2024-06-10' }),
      ],
      year,
      bandHeight,
    );
    expect(marks.map(({ vague }) => vague?.from)).toEqual([year.x(day('2024-06-05')), 0, undefined]);
  });
});

describe('the days that are drawn', () => {
  const seed = [said({ day: '2024-06-08', earliest: '2024-06-05' })];

  it('are those in which something was said, with the rest for who wants it', () => {
    const { said: shown, whole } = historyExtents(seed, [], day('2026-11-29'));
    expect(shown[0]).toBeLessThan(day('2024-06-05'));
    expect(shown[1]).toBeLessThan(day('2024-07-01'));
    expect(whole).toEqual([shown[0], day('2026-11-29')]);
  });

  it('go on until the day looked at where that is not far', () => {
    expect(historyExtents(seed, [], day('2024-06-10'))).toEqual({
      said: [expect.any(Number), day('2024-06-10')],
      whole: null,
    });
  });

  it('are not widened by a date of many years', () => {
    const { said: shown } = historyExtents(
      [said({ day: '2024-06-08', earliest: '1950-01-01' })],
      [],
      day('2024-06-10'),
    );
    expect(shown[0]).toBeGreaterThan(day('2024-05-01'));
  });
});
