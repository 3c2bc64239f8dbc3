import type { HistoryAnswer } from '@stance/client';

import { dayOf } from '../data/days.ts';
import type { Day } from '../data/days.ts';

/** Which days a history is drawn over. */
export interface HistoryExtents {
  /** While something was said, with some room beside it. */
  readonly said: readonly [Day, Day];
  /** From the same day on until today, or until the day looked at; `null`: as good as the other. */
  readonly whole: readonly [Day, Day] | null;
}

type Dated = Pick<HistoryAnswer['stance'] & object, never> & {
  readonly saidAt: HistoryAnswer['at'];
  readonly placedAt: HistoryAnswer['at'];
};

/** A date vaguer than this many days is drawn as far as the picture goes, and does not widen it. */
const vaguest = 400;
/** A silence longer than so many times what was said over squeezes it. */
const longSilence = 1.5;

/** The days of what was said and of the segments, none after `until`. */
export const historyExtents = (
  statements: readonly Dated[],
  segments: Pick<HistoryAnswer, 'segments'>['segments'],
  until: Day,
): HistoryExtents => {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const see = (day: Day | null): void => {
    if (day === null) return;
    first = Math.min(first, day);
    last = Math.max(last, day);
  };
  for (const { saidAt, placedAt } of statements) {
    see(dayOf(placedAt.latest) ?? dayOf(placedAt.earliest));
    const [from, to] = [dayOf(saidAt.earliest), dayOf(saidAt.latest)];
    if (from === null || to === null || to - from > vaguest) continue;
    see(from);
    see(to);
  }
  for (const { from } of segments) {
    const day = dayOf(from.earliest);
    if (day !== null && day <= until) see(day);
  }
  if (first > last) return { said: [until - 365, until], whole: null };
  const length = last - first;
  const room = Math.max(2, Math.round(length * 0.06));
  const start = first - room;
  const end = last + Math.max(2, Math.round(length * 0.15));
  if (until <= end) return { said: [start, Math.max(until, last + 1)], whole: null };
  const silence = until - last;
  if (silence <= Math.max(3, length * longSilence)) return { said: [start, until], whole: null };
  return { said: [start, end], whole: [start, until] };
};
