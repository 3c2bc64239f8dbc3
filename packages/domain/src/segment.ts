import type { Band } from './band.ts';
import type { Day } from './day.ts';
import type { StanceDirection } from './direction.ts';

/** A stretch of days with one stance. */
export interface Segment {
  readonly direction: StanceDirection;
  readonly strength: Band | null;
  readonly from: Day;
  /** The last day of it, `null` where it goes on. */
  readonly to: Day | null;
  /** `provisional`: nothing is confirmed yet, and this is the leading direction. */
  readonly status: 'confirmed' | 'provisional';
  /** One of its moments is contested. */
  readonly contested: boolean;
  /** Since when the direction holds: `from`, or earlier where only the strength changed since. */
  readonly since: Day;
  /** Since when the holder is said to have held it, where that lies before `since`. */
  readonly claimedSince: Day | null;
  /** The statement that claims it (of several the lowest id); its claim may reach back further than counts. */
  readonly claimedBy: string | null;
  /** What the independent moments of its direction add up to, from `since` to the end of the direction. */
  readonly weight: number;
}

/** The segment that a day lies in. `segments` are in order. */
export const segmentAt = <Span extends { readonly from: Day; readonly to: Day | null }>(
  segments: readonly Span[],
  day: Day,
): Span | null => {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.from ?? Infinity) <= day) low = middle + 1;
    else high = middle;
  }
  const segment = segments[low - 1];
  return segment !== undefined && (segment.to === null || day <= segment.to) ? segment : null;
};
