import { atLeast, moreThan, rounded } from './approximate.ts';
import type { Day } from './day.ts';
import { opened, opposes, supports, weightiest } from './evidence.ts';
import type { EvidenceRow } from './evidence.ts';
import type { Method } from './method.ts';

/** A provisional step of either track: to what (a direction or band), since when, by whom, and the two sums so far. */
export type OpenStep = readonly [
  to: number,
  day: Day,
  openedBy: string,
  added: number,
  former: number,
  evidence: readonly EvidenceRow[],
];

/** What a moment says in a track: its value there (a direction or band), and how much. */
export interface Voice {
  readonly day: Day;
  readonly openedBy: string;
  readonly value: number;
  readonly weight: number;
  readonly contested: boolean;
  readonly strong: boolean;
  /** Its statements; `supporting` tells those for its value from the others. */
  readonly rows: (side: number, against: number) => readonly EvidenceRow[];
}

export type Outcome = 'open' | 'confirmed' | 'withdrawn';

export const openStep = (voice: Voice): OpenStep => [
  voice.value,
  voice.day,
  voice.openedBy,
  voice.weight,
  0,
  weightiest([], voice.rows(opened, opposes)),
];

/** Adds a moment of the new value. */
export const supportStep = (step: OpenStep, voice: Voice): OpenStep => [
  step[0],
  step[1],
  step[2],
  rounded(step[3] + voice.weight),
  step[4],
  weightiest(step[5], voice.rows(supports, opposes)),
];

/** Adds a moment of the former value. */
export const opposeStep = (step: OpenStep, voice: Voice): OpenStep => [
  step[0],
  step[1],
  step[2],
  step[3],
  rounded(step[4] + voice.weight),
  weightiest(step[5], voice.rows(opposes, supports)),
];

/** Whether a moment of the new value, already added, settles the step. A contested one never does. */
export const isConfirmedBy = (step: OpenStep, voice: Voice, method: Method): boolean =>
  voice.strong || (!voice.contested && atLeast(step[3], method.enough) && moreThan(step[3], step[4]));

export const isOutweighed = (step: OpenStep): boolean => atLeast(step[4], step[3]);
