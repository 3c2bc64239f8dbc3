import type { Day } from './day.ts';
import type { Direction } from './known-statement.ts';

/** A direction that a moment or a stance can have; `unclear` never makes one. */
export type StanceDirection = Exclude<Direction, 'unclear'>;
export type Band = 'weak' | 'moderate' | 'strong';
export type Track = 'direction' | 'strength';
export type ChangeKind =
  | 'first' | 'reversal' | 'softening' | 'hardening' | 'to-neutral' | 'from-neutral' | 'to-mixed' | 'from-mixed';
export type ChangeStatus = 'provisional' | 'confirmed' | 'withdrawn';

export interface Stance {
  readonly direction: StanceDirection;
  readonly strength: Band | null;
}

/** A statement that a change rests on, and what it weighs. */
export interface Evidence {
  readonly statementId: string;
  readonly weight: number;
  /** What it did for the step or stance it is shown with. */
  readonly role: 'opened' | 'supports' | 'opposes' | 'reaffirms';
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
  /** At most the 20 weightiest, in the order said. */
  readonly evidence: readonly Evidence[];
}
