import type { HistoryAnswer } from '@stance/client';

import type { Direction, Span } from './bands.ts';
import { dayOf } from './days.ts';
import type { Day } from './days.ts';

/** A span of the band of one history: also one behind which too little stands. */
export interface HistorySpan extends Omit<Span, 'status'> {
  readonly status: Span['status'] | 'insufficient';
}

/** What the band of one history shows. */
export interface HistoryBand {
  readonly spans: readonly HistorySpan[];
  /** Days on which a change began that came to nothing. */
  readonly withdrawn: readonly Day[];
  /** What follows from stances on related propositions. */
  readonly implied: readonly { readonly direction: Direction; readonly from: Day }[];
}

/** The band of a history up to a day: what came about later is not seen from there. */
export const historyBand = ({ segments, changes, stance }: HistoryAnswer, until: Day): HistoryBand => {
  const begun = ({ from }: { readonly from: Day }): boolean => from <= until;
  const spans: HistorySpan[] = segments.map(({ direction, strength, from, to, status, contested }) => {
    const last = to === null ? null : dayOf(to.latest);
    return {
      direction,
      strength,
      from: dayOf(from.earliest) ?? dayOf(from.latest) ?? until,
      to: last === null || last >= until ? null : last + 1,
      status,
      contested,
    };
  });
  // A change under way of what is confirmed already stands beside its segment.
  const underWay: HistorySpan[] = changes.flatMap(({ status, condition, from, to, at }) => {
    const day = dayOf(at.earliest);
    return status !== 'provisional' || condition !== undefined || from === null || day === null
      ? []
      : [{ ...to, from: day, to: null, status }];
  });
  const known = new Set(spans.map(({ from, direction, status }) => `${from} ${direction} ${status}`));
  return {
    spans: [
      ...spans,
      ...underWay.filter(({ from, direction, status }) => !known.has(`${from} ${direction} ${status}`)),
    ].filter(begun),
    withdrawn: changes.flatMap(({ status, condition, at }) => {
      const day = dayOf(at.earliest);
      return status === 'withdrawn' && condition === undefined && day !== null && day <= until ? [day] : [];
    }),
    implied: (stance?.implied ?? [])
      .map(({ direction, since }) => ({ direction, from: dayOf(since.earliest) ?? until }))
      .filter(begun),
  };
};
