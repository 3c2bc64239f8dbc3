import { rounded } from './approximate.ts';
import type { Band } from './band.ts';
import { bandOf } from './band.ts';
import type { StanceChange } from './change.ts';
import type { Day } from './day.ts';
import { directionCode, none } from './direction.ts';
import type { DirectionCode } from './direction.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Moment } from './moment.ts';
import { aPiece } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { segmentAt } from './segment.ts';
import type { Segment } from './segment.ts';
import type { StanceState } from './stance-steps.ts';
import { spokenDirection } from './weight.ts';

/** A direction that held, and how its strength went: what the steps tell while they go. */
export interface Run {
  readonly change: StanceChange;
  /** The confirmed ones. */
  readonly strengthSteps: StanceChange[];
  /** The band at its end. */
  lastBand: Band | null;
}

/** The runs of a history, and with nothing confirmed the one of the leading `first`. */
export interface Runs {
  readonly confirmed: readonly Run[];
  readonly leading: Run | null;
}

/** The band that holds in a state. */
export const bandIn = (state: StanceState): Band | null =>
  state[0] === 1 && state[2] !== null ? bandOf(state[2][0]) : null;

interface Stretch {
  readonly direction: DirectionCode;
  readonly from: Day;
  readonly to: Day | null;
  readonly run: Run;
  /** The run that ends it. */
  readonly next: Run | null;
  weight: number;
  claimed: { readonly since: Day; readonly by: string } | null;
}

/** What somebody claims to have held, and the day of the claim. */
export interface Claim {
  readonly statement: KnownStatement;
  readonly day: Day;
}

/**
 * For each claim (`heldSince`) within a stretch of its direction: since when, but at most back to the day after the last
 * contrary moment before the claim.
 */
const claim = (stretches: readonly Stretch[], moments: readonly Moment[], claims: readonly Claim[]): void => {
  const sorted = [...claims].sort((a, b) => a.day - b.day);
  const last: (Day | null)[] = [null, null, null, null];
  let next = 0;
  for (const { statement, day } of sorted) {
    for (let moment = moments[next]; moment !== undefined && moment.day < day; moment = moments[++next]) {
      if (moment.direction !== none) last[moment.direction] = moment.day;
    }
    const stretch = segmentAt(stretches, day);
    const direction = directionCode(spokenDirection(statement));
    const since = statement.heldSince?.earliest ?? statement.heldSince?.latest ?? null;
    if (stretch === null || stretch.direction !== direction || since === null) continue;
    const contrary = last.reduce<Day | null>(
      (latest, at, code) => (code === direction || at === null || (latest !== null && latest > at) ? latest : at),
      null,
    );
    const bounded = contrary === null ? since : Math.max(since, contrary + 1);
    const { claimed } = stretch;
    const reachesBack =
      claimed === null || bounded < claimed.since || (bounded === claimed.since && statement.id < claimed.by);
    if (bounded < stretch.from && reachesBack) stretch.claimed = { since: bounded, by: statement.id };
  }
};

/** Whether one of the days, which are in order, lies from a day to another. */
const hasDay = (days: readonly Day[], from: Day, to: Day | null): boolean => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  const day = days[low];
  return day !== undefined && (to === null || day <= to);
};

/**
 * The band that a stretch begins with. Steps that were taken when the next direction was under way already cut nothing any
 * more, but the first of them still says from what; and a band that was first stated then is none of the stretch.
 */
const firstBand = ({ run, next }: Stretch): Band | null => {
  if (next !== null && next.change.from?.strength === null) return null;
  return run.strengthSteps[0]?.from?.strength ?? run.lastBand;
};

/** Cuts a run at its confirmed strength steps. */
const cut = (stretch: Stretch, contestedDays: readonly Day[]): Segment[] => {
  const { run, from, to } = stretch;
  const steps = run.strengthSteps.filter((step) => to === null || step.at <= to);
  const bounds = [from, ...steps.map((step) => step.at)];
  const bandsHeld = [firstBand(stretch), ...steps.map((step) => step.to.strength)];
  return bounds.map((start, index): Segment => {
    const following = bounds[index + 1];
    const end = following === undefined ? to : following - 1;
    return {
      direction: run.change.to.direction,
      strength: bandsHeld[index] ?? null,
      from: start,
      to: end,
      status: run.change.status === 'confirmed' ? 'confirmed' : 'provisional',
      contested: hasDay(contestedDays, start, end),
      since: from,
      claimedSince: stretch.claimed?.since ?? null,
      claimedBy: stretch.claimed?.by ?? null,
      weight: stretch.weight,
    };
  });
};

/** The segments that the runs leave in hindsight. */
export function* segmentsOf(runs: Runs, moments: readonly Moment[], claims: readonly Claim[]): Pieces<Segment[]> {
  const all = runs.confirmed.length > 0 || runs.leading === null ? runs.confirmed : [runs.leading];
  const stretches = all.map((run, index): Stretch => {
    const next = all[index + 1] ?? null;
    return {
      run,
      next,
      direction: directionCode(run.change.to.direction),
      from: run.change.at,
      to: next === null ? null : next.change.at - 1,
      weight: 0,
      claimed: null,
    };
  });
  const contestedDays: Day[] = [];
  let passed = 0;
  for (const moment of moments) {
    if (++passed % aPiece === 0) yield;
    if (moment.contested) contestedDays.push(moment.day);
    const stretch = segmentAt(stretches, moment.day);
    if (stretch !== null && stretch.direction === moment.direction)
      stretch.weight = rounded(stretch.weight + moment.weight);
  }
  if (claims.length > 0) claim(stretches, moments, claims);
  const segments: Segment[] = [];
  for (const stretch of stretches) {
    for (const segment of cut(stretch, contestedDays)) segments.push(segment);
    if (++passed % aPiece === 0) yield;
  }
  return segments;
}
