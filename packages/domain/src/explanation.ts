import type { Account } from './account.ts';
import { rounded } from './approximate.ts';
import { changeKey } from './change.ts';
import type { StanceChange } from './change.ts';
import type { Day } from './day.ts';
import { directionOf, directions, none } from './direction.ts';
import type { StanceDirection } from './direction.ts';
import { ownChanges, ownStatements } from './history.ts';
import type { History, PlacedStatement } from './history.ts';
import type { Method } from './method.ts';
import { momentOf, speakingAccounts } from './moment.ts';
import type { Moment } from './moment.ts';
import { aPiece, atOnce, mapped } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { placementOf } from './placement.ts';
import { segmentAt } from './segment.ts';
import type { Segment } from './segment.ts';
import { step, undecided } from './stance-steps.ts';
import type { ChangeListener, Effect, StanceState } from './stance-steps.ts';
import { createStepTrace } from './step-trace.ts';
import type { StepEntry } from './step-trace.ts';
import { statingStrength } from './voice.ts';

/** What was said on one day, summed up, and what it did. */
export interface ExplainedMoment {
  readonly day: Day;
  /** `null`: it has no weight, or accounts of one utterance disagree and none prevails. */
  readonly direction: StanceDirection | null;
  /** What it adds for its direction: the sum over its independent utterances. */
  readonly adds: number;
  /** What its utterances weigh, by direction; what decides on the direction. */
  readonly weights: Readonly<Record<StanceDirection, number>>;
  /** Mixed because no direction holds enough of the weight. */
  readonly divided: boolean;
  readonly contested: boolean;
  /** Uncontested, with an utterance of its direction that weighs `strong`: settles a step by itself. */
  readonly strong: boolean;
  /** What it did for the direction; where it spoke for one that is in no change, as another led, it `opposes`. */
  readonly effect: Effect;
  /** The statements that speak for its utterances and weigh, weightiest first; others only repeat them. */
  readonly speaking: readonly Speaking[];
  /** Those of its direction that say how strongly: what counts for changes of strength. */
  readonly statingStrength: readonly Speaking[];
}

interface Speaking {
  readonly id: string;
  readonly weight: number;
}

export interface ExplainedStatement {
  readonly placed: PlacedStatement;
  /** `null`: its date is too vague for a moment. */
  readonly moment: ExplainedMoment | null;
}

/** What a provisional step lacks: so much more for it, or only a moment that is not contested where that is 0. */
export interface Missing {
  readonly weight: number;
  /** Whether the sum against it is what stands in its way, rather than `enough`: that much has to be passed. */
  readonly toPass: boolean;
}

export interface ExplainedStep {
  readonly change: StanceChange;
  /**
   * The first one opened it, the last one settled it, where it is settled. Empty where what opened it was taken back:
   * then it has no moment any more.
   */
  readonly entries: readonly StepEntry[];
  /** Of a provisional one. */
  readonly missing: Missing | null;
}

/** Why a history is what it is. */
export interface Explanation {
  /** In the order of `History.placed`; those of a condition with their moments there. */
  readonly statements: readonly ExplainedStatement[];
  /** By day. */
  readonly moments: readonly ExplainedMoment[];
  /** In the order of `History.changes`, without those of a condition. */
  readonly steps: readonly ExplainedStep[];
  /** In the order of `History.conditional`. */
  readonly conditional: readonly Explanation[];
}

const weightiestFirst = (accounts: readonly Account[]): Speaking[] =>
  accounts
    .filter(([, , , weight]) => weight > 0)
    .toSorted((a, b) => b[3] - a[3] || (a[0] < b[0] ? -1 : 1))
    .map(([id, , , weight]) => ({ id, weight }));

const explainedMoment = (moment: Moment, effect: Effect): ExplainedMoment => ({
  day: moment.day,
  direction: moment.direction === none ? null : directionOf(moment.direction),
  adds: moment.weight,
  weights: {
    support: moment.weights[0] ?? 0,
    oppose: moment.weights[1] ?? 0,
    neutral: moment.weights[2] ?? 0,
    mixed: moment.weights[3] ?? 0,
  },
  divided: moment.divided,
  contested: moment.contested,
  strong: moment.strong,
  effect,
  speaking: weightiestFirst(speakingAccounts(moment)),
  statingStrength: weightiestFirst(statingStrength(moment)),
});

const missingOf = (change: StanceChange, entries: readonly StepEntry[], method: Method): Missing | null => {
  const last = entries.at(-1);
  if (change.status !== 'provisional' || last === undefined) return null;
  const toEnough = method.enough - last.for;
  const toPass = last.against - last.for;
  return { weight: rounded(Math.max(0, toEnough, toPass)), toPass: toPass >= 0 && toPass >= toEnough };
};

/** The opening statement of the step that a moment speaks for, where it opens or supports one. */
const spokenFor = (before: StanceState, moment: Moment): string => {
  const candidates = before[0] === 0 ? before[1] : before[3] === null ? [] : [before[3]];
  const known = candidates.find(([[direction]]) => direction === moment.direction);
  return known === undefined ? moment.openedBy : known[0][2];
};

const unheard: ChangeListener = { change: () => undefined, remove: () => undefined };

/** `explainHistory` in pieces. */
export function* explainInPieces(history: History, method: Method): Pieces<Explanation> {
  const conditional: Explanation[] = [];
  for (const under of history.conditional) conditional.push(yield* explainInPieces(under, method));
  const { gatherings, unplaced } = yield* placementOf(
    ownStatements(history).map(({ statement }) => statement),
    method,
  );
  const trace = createStepTrace(method);
  const changes = ownChanges(history);
  const inSet = new Set(changes.map(changeKey));
  const moments = new Map<Day, ExplainedMoment>();
  let state: StanceState = undecided;
  let passed = 0;
  for (const { day, members } of gatherings) {
    const accounts = members.map(({ account }) => account);
    const moment = momentOf(day, accounts, method);
    const result = step(state, moment, method, unheard);
    trace.hear(state, moment, result);
    const speaksFor = changeKey({ track: 'direction', openedBy: spokenFor(state, moment) });
    const inVain = (result.effect === 'opened' || result.effect === 'supports') && !inSet.has(speaksFor);
    moments.set(day, explainedMoment(moment, inVain ? 'opposes' : result.effect));
    ({ state } = result);
    if ((passed += members.length) >= aPiece) {
      passed = 0;
      yield;
    }
  }
  const withoutMoment = new Set(unplaced.map(({ id }) => id));
  const underCondition = new Map(
    conditional.flatMap(({ statements }) => statements.map((told) => [told.placed.statement.id, told])),
  );
  return {
    statements: yield* mapped(
      history.placed,
      (placed) =>
        underCondition.get(placed.statement.id) ?? {
          placed,
          moment: withoutMoment.has(placed.statement.id) ? null : (moments.get(placed.day) ?? null),
        },
    ),
    moments: [...moments.values()],
    steps: yield* mapped(changes, (change) => {
      const entries = change.disownedBy === undefined ? trace.of(change) : [];
      return { change, entries, missing: missingOf(change, entries, method) };
    }),
    conditional,
  };
}

/**
 * Why a history is what it is: the moments with what each adds and did, and each change with the moments that opened,
 * supported, opposed and settled it. `history` has to be one that the method gave. Costs about as much as its fold.
 */
export const explainHistory = (history: History, method: Method): Explanation =>
  atOnce(explainInPieces(history, method));

/** What a stance rests on. */
export interface StanceBasis {
  readonly segment: Segment;
  /** The step of the direction that it began with. */
  readonly change: StanceChange;
}

/** What the stance on a day rests on; `null` where there is none. */
export const basisOf = (history: History, at: Day): StanceBasis | null => {
  const segment = segmentAt(history.segments, at);
  const change = ownChanges(history).find(
    ({ track, at: opened, to }) =>
      track === 'direction' && segment !== null && opened === segment.since && to.direction === segment.direction,
  );
  return segment === null || change === undefined ? null : { segment, change };
};

/** Of a contested moment: the direction with the largest share of its weight, and that share (0 to 1). */
export const leadingShare = ({ weights }: Pick<ExplainedMoment, 'weights'>): [StanceDirection, number] => {
  const all = directions.reduce((sum, direction) => sum + weights[direction], 0);
  const leading = directions.reduce((best, direction) => (weights[direction] > weights[best] ? direction : best));
  return [leading, all === 0 ? 0 : weights[leading] / all];
};
