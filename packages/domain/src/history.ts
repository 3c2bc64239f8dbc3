import type { StanceChange } from './change.ts';
import type { Day } from './day.ts';
import type { StanceDirection } from './direction.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';
import type { Segment } from './segment.ts';
import type { Factor } from './weight.ts';

/** What a statement did in its history. */
export type StatementRole =
  /** Of the moment that opened a step (and may have confirmed it at once). */
  | 'opened'
  /** Of a moment that confirmed the step under way. */
  | 'confirmed'
  /** Added to the new direction of the step under way, or to the one that leads before anything is confirmed. */
  | 'supports'
  /** Added to the former direction, or to one that did not lead, or lost, before anything was confirmed. */
  | 'opposes'
  /** Of a moment of the former direction that withdrew the step under way. */
  | 'withdrew'
  | 'reaffirms'
  /** Another account of what is counted already: adds reach, no weight. */
  | 'repeats'
  /** The same, in a copy. */
  | 'copy'
  /** Against the direction of its moment, or beside recorded votes. */
  | 'outvoted'
  /** Of a contested moment in which no account prevails. */
  | 'disputed'
  /** Its holder took it back. */
  | 'disowned'
  /** Too vague a date, and no segment there agrees. */
  | 'unplaced'
  | 'weighs-nothing';

export interface PlacedStatement {
  readonly statement: KnownStatement;
  readonly weight: number;
  readonly factors: readonly Factor[];
  /** The day of its moment; of an unplaced one its latest bound. */
  readonly day: Day;
  readonly role: StatementRole;
  /** More of the stance it falls in, or said by its words to have been held before. */
  readonly reaffirmation: boolean;
  /** Its moment is contested. */
  readonly contested: boolean;
  /** The date is vaguer than a day. */
  readonly vague: boolean;
}

/** An account in a contested moment. */
export interface DisputedAccount {
  readonly statementId: string;
  /** Accounts with the same one are of one utterance. */
  readonly utterance: string;
  readonly direction: StanceDirection;
  readonly weight: number;
}

export interface ContestedMoment {
  readonly day: Day;
  readonly accounts: readonly DisputedAccount[];
  readonly weights: Readonly<Record<StanceDirection, number>>;
  /** The direction whose accounts hold two thirds of the weight, if one does. */
  readonly prevailing: StanceDirection | null;
}

/** What the statements known of one holder on one proposition come to, or those of one condition. */
export interface History {
  readonly method: Pick<Method, 'name' | 'version' | 'least'>;
  /** The full current set, of both tracks and every status, conditional ones too, by day, then opening statement. */
  readonly changes: readonly StanceChange[];
  /** In order, without gaps; told in hindsight. */
  readonly segments: readonly Segment[];
  /** Every statement, by day, then id; of one day, the unplaced ones last. Those of a condition do what they do there. */
  readonly placed: readonly PlacedStatement[];
  readonly contested: readonly ContestedMoment[];
  /** The words of the condition; `null` where what was said without one is told. */
  readonly condition: string | null;
  /** The stances that were said to depend on something, each with sums of its own, by condition. */
  readonly conditional: readonly History[];
}
