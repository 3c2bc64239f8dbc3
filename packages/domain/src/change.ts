import type { Band } from './band.ts';
import type { Day } from './day.ts';
import type { StanceDirection } from './direction.ts';
import type { Evidence } from './evidence.ts';

export type Track = 'direction' | 'strength';
export type ChangeKind =
  | 'first'
  | 'reversal'
  | 'softening'
  | 'hardening'
  | 'to-neutral'
  | 'from-neutral'
  | 'to-mixed'
  | 'from-mixed';
export type ChangeStatus = 'provisional' | 'confirmed' | 'withdrawn';

export interface Stance {
  readonly direction: StanceDirection;
  readonly strength: Band | null;
}

/** A step between two segments of one history. Its identity is its track and `openedBy`. */
export interface StanceChange {
  readonly track: Track;
  readonly kind: ChangeKind;
  readonly status: ChangeStatus;
  /** `null` for `first`. */
  readonly from: Stance | null;
  readonly to: Stance;
  /** The day of the moment that opened it. */
  readonly at: Day;
  readonly confirmedAt: Day | null;
  readonly withdrawnAt: Day | null;
  /** The opening statement: the first by id in its moment. */
  readonly openedBy: string;
  /** At most the 20 weightiest of what settled it (or stands for and against it so far), in the order said. */
  readonly evidence: readonly Evidence[];
  /** The words of the condition, where the stance was said to depend on one. */
  readonly condition?: string;
  /** Of a withdrawn change: the statement by which the holder took back what opened it. */
  readonly disownedBy?: string;
}

export interface ChangeKey {
  readonly track: Track;
  readonly openedBy: string;
}

/** One text for the identity of a change within its history. */
export const changeKey = (change: ChangeKey): string => `${change.track}:${change.openedBy}`;

/** By day, then opening statement, then track. */
export const compareChanges = (a: StanceChange, b: StanceChange): number => {
  if (a.at !== b.at) return a.at - b.at;
  if (a.openedBy !== b.openedBy) return a.openedBy < b.openedBy ? -1 : 1;
  return a.track === b.track ? 0 : a.track < b.track ? -1 : 1;
};
