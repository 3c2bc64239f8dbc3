import { bandOf } from './band.ts';
import type { BandCode } from './band.ts';
import type { ChangeStatus, StanceChange } from './change.ts';
import type { Day } from './day.ts';
import { directionOf } from './direction.ts';
import type { DirectionCode } from './direction.ts';
import { evidenceOf } from './evidence.ts';
import type { Method } from './method.ts';
import { isConfirmedBy, isOutweighed, opposeStep, openStep, supportStep } from './open-step.ts';
import type { OpenStep } from './open-step.ts';
import type { Moment } from './moment.ts';
import { bandVoice } from './voice.ts';

/**
 * The strength within a segment of one direction: the band that holds, and the step under way. `null` until a moment
 * with stated strength sets the first band.
 */
export type StrengthTrack = readonly [band: BandCode, open: OpenStep | null] | null;

export interface StrengthSteps {
  readonly track: StrengthTrack;
  /** What the moment settled or touched, in order; empty for most. */
  readonly changes: readonly StanceChange[];
}

/** A strength step as a change of the set. */
export const strengthChange = (
  direction: DirectionCode,
  from: BandCode,
  step: OpenStep,
  status: ChangeStatus,
  settledOn: Day | null,
): StanceChange => ({
  track: 'strength',
  kind: step[0] < from ? 'softening' : 'hardening',
  status,
  from: { direction: directionOf(direction), strength: bandOf(from) },
  to: { direction: directionOf(direction), strength: bandOf(step[0]) },
  at: step[1],
  confirmedAt: status === 'confirmed' ? settledOn : null,
  withdrawnAt: status === 'withdrawn' ? settledOn : null,
  openedBy: step[2],
  evidence: evidenceOf(step[5]),
});

const unchanged: readonly StanceChange[] = [];

/** One more moment of the segment's direction. */
export const stepStrength = (
  track: StrengthTrack,
  direction: DirectionCode,
  moment: Moment,
  method: Method,
): StrengthSteps => {
  if (moment.band === -1) return { track, changes: unchanged };
  if (track === null) return { track: [moment.band, null], changes: unchanged };
  const voice = bandVoice(moment);
  const changes: StanceChange[] = [];
  const [band] = track;
  let [, open] = track;
  if (moment.band === band) {
    if (open === null) return { track, changes };
    open = opposeStep(open, voice);
    const withdrawn = isOutweighed(open);
    changes.push(strengthChange(direction, band, open, withdrawn ? 'withdrawn' : 'provisional', moment.day));
    return { track: [band, withdrawn ? null : open], changes };
  }
  if (open !== null && open[0] !== moment.band) {
    changes.push(strengthChange(direction, band, open, 'withdrawn', moment.day));
    open = null;
  }
  open = open === null ? openStep(voice) : supportStep(open, voice);
  const confirmed = isConfirmedBy(open, voice, method);
  changes.push(strengthChange(direction, band, open, confirmed ? 'confirmed' : 'provisional', moment.day));
  return { track: confirmed ? [moment.band, null] : [band, open], changes };
};
