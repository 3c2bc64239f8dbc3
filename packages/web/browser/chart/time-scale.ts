import { scaleUtc } from 'd3-scale';

import { dateOf } from '../data/days.ts';
import type { Day } from '../data/days.ts';

/** Where days stand on a line of some width. */
export interface TimeScale {
  readonly width: number;
  readonly first: Day;
  readonly last: Day;
  /** In pixels from the left. */
  x(day: Day): number;
  /** Days worth a mark, with what to write there. */
  readonly ticks: readonly { readonly day: Day; readonly label: string }[];
}

const years = new Intl.DateTimeFormat(undefined, { year: 'numeric', timeZone: 'UTC' });
const months = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric', timeZone: 'UTC' });
const days = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** So much room a label takes, in pixels. */
const labelWidth = 90;
/** What is at the very end is seen as well. */
const margin = 6;

const formatOf = (ticks: readonly Date[]): Intl.DateTimeFormat => {
  if (ticks.every((tick) => tick.getUTCMonth() === 0 && tick.getUTCDate() === 1)) return years;
  return ticks.every((tick) => tick.getUTCDate() === 1) ? months : days;
};

export const createTimeScale = ([first, last]: readonly [Day, Day], width: number): TimeScale => {
  const scale = scaleUtc([dateOf(first), dateOf(last)], [margin, Math.max(margin + 1, width - margin)]);
  // What is finer than a day is none.
  const ticks = scale
    .ticks(Math.max(2, Math.floor(width / labelWidth)))
    .filter((tick) => tick.getTime() % 86_400_000 === 0);
  const format = formatOf(ticks);
  return {
    width,
    first,
    last,
    x: (day) => Math.round(scale(dateOf(day)) * 10) / 10,
    ticks: ticks.map((tick) => ({ day: tick.getTime() / 86_400_000, label: format.format(tick) })),
  };
};
