import type { Day } from './day.ts';
import type { Direction, HistoryName } from './known-statement.ts';
import type { StanceDirection } from './direction.ts';

/** A stance as an endorsement or a rejection saw it. */
export interface SeenStance {
  readonly status: 'confirmed' | 'provisional' | 'insufficient';
  readonly direction: StanceDirection;
  readonly since: Day;
  /** The opening statement of the change that led to it. */
  readonly openedBy: string;
}

/** Why an endorsement or a rejection comes to the direction it does. */
export type GroundReason =
  | 'endorsed'
  | 'rejected'
  /** Nothing was said by then that makes a stance. */
  | 'no-stance'
  /** Too little weight is behind the stance. */
  | 'insufficient'
  /** To reject what is neutral or mixed says nothing of what is held instead. */
  | 'rejects-no-side'
  /** The stance is the holder's own, by a merge. */
  | 'own-stance';

/** What an endorsement or a rejection rests on: another holder's stance as of the day it was said. */
export interface Ground {
  readonly direction: Direction;
  /** The independent weight behind the stance seen: the endorsement weighs no more than that. */
  readonly weight: number;
  readonly reason: GroundReason;
  /** `null` where there was no stance. */
  readonly seen: SeenStance | null;
  /** From the stance it points at to the one that it rests on in the end, where what opened that points on: 20 at most. */
  readonly path: readonly HistoryName[];
}
