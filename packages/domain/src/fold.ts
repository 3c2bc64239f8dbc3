import { changeKey, compareChanges } from './change.ts';
import type { StanceChange } from './change.ts';
import { byCondition } from './condition.ts';
import type { ByCondition } from './condition.ts';
import { directionOf, none } from './direction.ts';
import { disownedChanges } from './disowning.ts';
import { utteranceOf } from './account.ts';
import type { ContestedMoment, History, PlacedStatement } from './history.ts';
import type { KnownStatement } from './known-statement.ts';
import type { Method } from './method.ts';
import { momentOf } from './moment.ts';
import type { Moment } from './moment.ts';
import { aPiece, atOnce, mapped, sorted } from './pieces.ts';
import type { Pieces } from './pieces.ts';
import { placementOf } from './placement.ts';
import { placedStatements } from './placed.ts';
import { bandIn, segmentsOf } from './segments-of.ts';
import type { Claim, Run } from './segments-of.ts';
import { step, undecided } from './stance-steps.ts';
import type { Effect, StanceState } from './stance-steps.ts';

const contestedMoment = (moment: Moment): ContestedMoment => ({
  day: moment.day,
  accounts: moment.accounts
    .filter((account) => account[2] !== none)
    .map((account) => ({
      statementId: account[0],
      utterance: utteranceOf(account),
      direction: directionOf(account[2]),
      weight: account[3],
    })),
  weights: {
    support: moment.weights[0] ?? 0,
    oppose: moment.weights[1] ?? 0,
    neutral: moment.weights[2] ?? 0,
    mixed: moment.weights[3] ?? 0,
  },
  prevailing: moment.direction === none ? null : directionOf(moment.direction),
});

/** The history that statements under one condition, or under none, come to. */
function* foldSums(statements: readonly KnownStatement[], condition: string | null, method: Method): Pieces<History> {
  const { gatherings, unplaced } = yield* placementOf(statements, method);
  const moments: Moment[] = [];
  const changes = new Map<string, StanceChange>();
  const runs: Run[] = [];
  let state: StanceState = undecided;
  const listener = {
    change: (change: StanceChange): void => {
      changes.set(changeKey(change), change);
      const run = runs.at(-1);
      if (change.status !== 'confirmed') return;
      if (change.track === 'strength') run?.strengthSteps.push(change);
      else {
        if (run !== undefined) run.lastBand = bandIn(state);
        runs.push({ change, strengthSteps: [], lastBand: null });
      }
    },
    remove: (key: Pick<StanceChange, 'track' | 'openedBy'>): void => void changes.delete(changeKey(key)),
  };
  const effects: Effect[] = [];
  let passed = 0;
  for (const { day, members } of gatherings) {
    const accounts = members.map(({ account }) => account);
    const moment = momentOf(day, accounts, method);
    const result = step(state, moment, method, listener);
    ({ state } = result);
    moments.push(moment);
    effects.push(result.effect);
    if ((passed += members.length) >= aPiece) {
      passed = 0;
      yield;
    }
  }
  const current = runs.at(-1);
  if (current !== undefined) current.lastBand = bandIn(state);
  const found = [...changes.values()];
  const set = found.length > aPiece ? yield* sorted(found, compareChanges) : found.sort(compareChanges);
  const [leader] = set;
  const leading: Run | null =
    runs.length > 0 || leader === undefined
      ? null
      : { change: leader, strengthSteps: [], lastBand: leader.to.strength };
  const first = runs[0]?.change ?? leader ?? null;
  const claims: Claim[] = [];
  for (const { day, members } of gatherings) {
    for (const { statement, account } of members) {
      if (statement.heldSince !== null && account[3] > 0) claims.push({ statement, day });
    }
  }
  for (const statement of unplaced)
    if (statement.heldSince !== null) claims.push({ statement, day: statement.said.latest });
  const segments = yield* segmentsOf({ confirmed: runs, leading }, moments, claims);
  return {
    method: { name: method.name, version: method.version, least: method.least },
    changes: condition === null ? set : yield* mapped(set, (change) => ({ ...change, condition })),
    segments,
    placed: yield* placedStatements({ gatherings, unplaced, moments, effects, first, segments, method }),
    contested: moments.filter((moment) => moment.contested).map(contestedMoment),
    condition,
    conditional: [],
  };
}

/** The same, with the changes that were there before their opening statements were taken back. */
function* foldDisowned(
  statements: readonly KnownStatement[],
  condition: string | null,
  method: Method,
): Pieces<History> {
  const history = yield* foldSums(statements, condition, method);
  const kept = yield* mapped(statements, (statement) => ({ ...statement, disownedBy: null }));
  const before = yield* foldSums(kept, condition, method);
  const changes = [...history.changes, ...disownedChanges(before.changes, history.changes, statements)];
  return { ...history, changes: changes.sort(compareChanges) };
}

const foldGroup = (statements: readonly KnownStatement[], condition: string | null, method: Method): Pieces<History> =>
  statements.every(({ disownedBy }) => disownedBy === null)
    ? foldSums(statements, condition, method)
    : foldDisowned(statements, condition, method);

const comparePlaced = (a: PlacedStatement, b: PlacedStatement): number => a.day - b.day;

function* foldConditions({ unconditional, conditions }: ByCondition, method: Method): Pieces<History> {
  const history = yield* foldGroup(unconditional, null, method);
  const conditional: History[] = [];
  for (const { statements, condition } of conditions) {
    conditional.push(yield* foldGroup(statements, condition, method));
  }
  return {
    ...history,
    changes: [history, ...conditional].flatMap(({ changes }) => changes).sort(compareChanges),
    placed: [history, ...conditional].flatMap(({ placed }) => placed).sort(comparePlaced),
    conditional,
  };
}

/** `foldHistory` in pieces, for those who have something else to do in between. */
export const foldInPieces = (statements: readonly KnownStatement[], method: Method): Pieces<History> => {
  const groups = byCondition(statements);
  return groups.conditions.length === 0 ? foldGroup(statements, null, method) : foldConditions(groups, method);
};

/**
 * The history that a set of statements gives. Pure, and the same whatever their order. All must be of one proposition
 * and, after merges, of one holder, each there once: two with one id are the caller's mistake, and give no defined
 * result. What they point at and who took them back has been looked up (`groundHistories`, `withDisownings`): an
 * endorsement without its ground weighs nothing. O(n log n).
 */
export const foldHistory = (statements: readonly KnownStatement[], method: Method): History =>
  atOnce(foldInPieces(statements, method));
