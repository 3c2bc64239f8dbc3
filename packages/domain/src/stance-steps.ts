import type { BandCode } from './band.ts';
import { bandOf } from './band.ts';
import { atLeast, moreThan } from './approximate.ts';
import type { ChangeKey, ChangeKind, ChangeStatus, Stance, StanceChange } from './change.ts';
import type { Day } from './day.ts';
import { directionOf, mixed, neutral, none } from './direction.ts';
import type { DirectionCode } from './direction.ts';
import { evidenceOf } from './evidence.ts';
import type { Method } from './method.ts';
import type { Moment } from './moment.ts';
import { isConfirmedBy, isOutweighed, openStep, opposeStep, supportStep } from './open-step.ts';
import type { OpenStep, Voice } from './open-step.ts';
import { strengthChange, stepStrength } from './strength-track.ts';
import type { StrengthTrack } from './strength-track.ts';
import { directionVoice } from './voice.ts';

/** A direction that is not confirmed yet, with the strength of its moments and the strength steps settled among them. */
export type Candidate = readonly [step: OpenStep, track: StrengthTrack, settled: readonly StanceChange[]];

/** Before anything is confirmed: a candidate each direction that was heard. */
export type Undecided = readonly [phase: 0, candidates: readonly Candidate[]];

/** A confirmed direction, its strength, and the step under way with the band that held when it opened. */
export type Decided = readonly [
  phase: 1,
  direction: DirectionCode,
  track: StrengthTrack,
  open: Candidate | null,
  bandBefore: BandCode,
];

/** What the moments so far come to: all that the next one needs, whatever their number. */
export type StanceState = Undecided | Decided;

export const undecided: Undecided = [0, []];

/** What a moment does for the direction; `opened` also where it confirms at once what it opens. */
export type Effect = 'none' | 'opened' | 'supports' | 'confirmed' | 'opposes' | 'withdrew' | 'reaffirms';

/** Hears what happens to the set of changes; a change given again replaces the one with its key. */
export interface ChangeListener {
  readonly change: (change: StanceChange) => void;
  readonly remove: (key: ChangeKey) => void;
}

/** `to-` wins over `from-`. */
const kindOf = (from: DirectionCode, to: DirectionCode): ChangeKind => {
  if (from === none) return 'first';
  if (to === neutral) return 'to-neutral';
  if (to === mixed) return 'to-mixed';
  if (from === neutral) return 'from-neutral';
  return from === mixed ? 'from-mixed' : 'reversal';
};

/** The band a candidate began with. */
const firstBand = ([, track, settled]: Candidate): BandCode => {
  const step = settled.find((change) => change.status === 'confirmed');
  if (step?.from != null) return step.from.strength === 'weak' ? 0 : step.from.strength === 'moderate' ? 1 : 2;
  return track === null ? -1 : track[0];
};

const directionChange = (
  from: DirectionCode,
  bandBefore: BandCode,
  candidate: Candidate,
  status: ChangeStatus,
  settledOn: Day | null,
): StanceChange => {
  const [step] = candidate;
  const before: Stance | null = from === none ? null : { direction: directionOf(from), strength: bandOf(bandBefore) };
  return {
    track: 'direction',
    kind: kindOf(from, step[0]),
    status,
    from: before,
    to: { direction: directionOf(step[0]), strength: bandOf(firstBand(candidate)) },
    at: step[1],
    confirmedAt: status === 'confirmed' ? settledOn : null,
    withdrawnAt: status === 'withdrawn' ? settledOn : null,
    openedBy: step[2],
    evidence: evidenceOf(step[5]),
  };
};

/** Adds a moment to a candidate of its direction, or makes one. */
const grown = (candidate: Candidate | null, moment: Moment, voice: Voice, method: Method): Candidate => {
  const step = candidate === null ? openStep(voice) : supportStep(candidate[0], voice);
  const strength = stepStrength(candidate === null ? null : candidate[1], moment.direction, moment, method);
  const settled = strength.changes.filter((change) => change.status !== 'provisional');
  const before = candidate === null ? [] : candidate[2];
  return [step, strength.track, settled.length === 0 ? before : [...before, ...settled]];
};

/** Tells of the strength steps within a candidate, which become changes when its direction is confirmed. */
const tellStrength = ([step, track, settled]: Candidate, listener: ChangeListener): void => {
  for (const change of settled) listener.change(change);
  if (track !== null && track[1] !== null) {
    listener.change(strengthChange(step[0], track[0], track[1], 'provisional', null));
  }
};

/** The largest sum; on a tie the earlier, which stands first. */
export const leaderOf = (candidates: readonly Candidate[]): Candidate | null => {
  let leader: Candidate | null = null;
  for (const candidate of candidates) {
    if (leader === null || moreThan(candidate[0][3], leader[0][3])) leader = candidate;
  }
  return leader;
};

const isFirst = (candidate: Candidate, candidates: readonly Candidate[], voice: Voice, method: Method): boolean => {
  if (voice.strong) return true;
  if (voice.contested) return false;
  const others = candidates.reduce((sum, other) => (other === candidate ? sum : sum + other[0][3]), 0);
  return atLeast(candidate[0][3], method.enough) && moreThan(candidate[0][3], others);
};

export interface StepResult {
  readonly state: StanceState;
  readonly effect: Effect;
}

const stepUndecided = (state: Undecided, moment: Moment, method: Method, listener: ChangeListener): StepResult => {
  const voice = directionVoice(moment);
  const former = state[1].find(([step]) => step[0] === moment.direction) ?? null;
  const candidate = grown(former, moment, voice, method);
  // In the order of their first moments.
  const candidates =
    former === null ? [...state[1], candidate] : state[1].map((other) => (other === former ? candidate : other));
  const formerLeader = leaderOf(state[1]);
  const confirmed = isFirst(candidate, candidates, voice, method);
  const leader = confirmed ? candidate : leaderOf(candidates);
  if (formerLeader !== null && leader !== null && formerLeader[0][2] !== leader[0][2]) {
    listener.remove({ track: 'direction', openedBy: formerLeader[0][2] });
  }
  if (confirmed) {
    listener.change(directionChange(none, -1, candidate, 'confirmed', moment.day));
    tellStrength(candidate, listener);
    return { state: [1, moment.direction, candidate[1], null, -1], effect: former === null ? 'opened' : 'confirmed' };
  }
  if (leader !== null) listener.change(directionChange(none, -1, leader, 'provisional', null));
  return { state: [0, candidates], effect: former === null ? 'opened' : 'supports' };
};

const stepFormer = (state: Decided, moment: Moment, method: Method, listener: ChangeListener): StepResult => {
  const [, direction, , open, bandBefore] = state;
  const strength = stepStrength(state[2], direction, moment, method);
  for (const change of strength.changes) listener.change(change);
  const { track } = strength;
  if (open === null) {
    return { state: track === state[2] ? state : [1, direction, track, null, -1], effect: 'reaffirms' };
  }
  const opposed: Candidate = [opposeStep(open[0], directionVoice(moment)), open[1], open[2]];
  if (isOutweighed(opposed[0])) {
    listener.change(directionChange(direction, bandBefore, opposed, 'withdrawn', moment.day));
    return { state: [1, direction, track, null, -1], effect: 'withdrew' };
  }
  listener.change(directionChange(direction, bandBefore, opposed, 'provisional', null));
  return { state: [1, direction, track, opposed, bandBefore], effect: 'opposes' };
};

const stepOther = (state: Decided, moment: Moment, method: Method, listener: ChangeListener): StepResult => {
  const [, direction, track] = state;
  let open = state[3];
  if (open !== null && open[0][0] !== moment.direction) {
    listener.change(directionChange(direction, state[4], open, 'withdrawn', moment.day));
    open = null;
  }
  const opens = open === null;
  const bandBefore = opens ? (track === null ? -1 : track[0]) : state[4];
  const voice = directionVoice(moment);
  const candidate = grown(open, moment, voice, method);
  if (!isConfirmedBy(candidate[0], voice, method)) {
    listener.change(directionChange(direction, bandBefore, candidate, 'provisional', null));
    return { state: [1, direction, track, candidate, bandBefore], effect: opens ? 'opened' : 'supports' };
  }
  if (track !== null && track[1] !== null) {
    listener.change(strengthChange(direction, track[0], track[1], 'withdrawn', moment.day));
  }
  listener.change(directionChange(direction, bandBefore, candidate, 'confirmed', moment.day));
  tellStrength(candidate, listener);
  return { state: [1, moment.direction, candidate[1], null, -1], effect: opens ? 'opened' : 'confirmed' };
};

/** One more moment, later than all before it. */
export const step = (state: StanceState, moment: Moment, method: Method, listener: ChangeListener): StepResult => {
  if (moment.direction === none || moment.weight <= 0) return { state, effect: 'none' };
  if (state[0] === 0) return stepUndecided(state, moment, method, listener);
  if (moment.direction === state[1]) return stepFormer(state, moment, method, listener);
  return stepOther(state, moment, method, listener);
};

/** The changes of a state that the next moment could still touch. */
export const openChanges = (state: StanceState): StanceChange[] => {
  if (state[0] === 0) {
    const leader = leaderOf(state[1]);
    return leader === null ? [] : [directionChange(none, -1, leader, 'provisional', null)];
  }
  const [, direction, track, open, bandBefore] = state;
  const changes: StanceChange[] = [];
  if (open !== null) changes.push(directionChange(direction, bandBefore, open, 'provisional', null));
  if (track !== null && track[1] !== null) {
    changes.push(strengthChange(direction, track[0], track[1], 'provisional', null));
  }
  return changes;
};
