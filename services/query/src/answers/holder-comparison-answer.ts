import { changeId, mostComparedHolders } from '@stance/contracts';
import type { AgreementAnswer, HolderStanceAnswer, HolderComparisonAnswer, MoveAnswer } from '@stance/contracts';
import { agreementsOf, jointMovesOf, movesIn, stanceAt } from '@stance/domain';
import type { Day, History, JointMove, Move, Moves, Period, StanceView } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import type { ReadingContext } from '../reading-context.ts';

/** A history that is compared; whose and about what it is, by their ids. */
export interface Compared {
  readonly holder: string;
  readonly proposition: string;
  /** `null` where it cannot be told. */
  readonly history: History | null;
  readonly incomplete: boolean;
}

/** What it comes to in a period. */
export interface ToldHolder extends Omit<Compared, 'history'> {
  readonly before: StanceView | null;
  readonly now: StanceView | null;
  readonly moves: Moves;
}

/** All that a comparison is told from. */
export interface HolderComparisonMaterials {
  readonly holders: HolderComparisonAnswer['holders'];
  readonly propositions: HolderComparisonAnswer['propositions'];
  readonly told: readonly ToldHolder[];
  readonly period: Period;
}

const viewAt = (history: History | null, day: Day): StanceView | null => {
  const view = history === null ? null : stanceAt(history, day);
  return view === null || view.statements === 0 ? null : view;
};

const noMoves: Moves = { first: null, moved: [] };

export const toldHolder = ({ history, ...rest }: Compared, period: Period): ToldHolder => ({
  ...rest,
  before: period.from === null ? null : viewAt(history, period.from - 1),
  now: viewAt(history, period.to),
  moves: history === null ? noMoves : movesIn(history, period),
});

const standing = (view: StanceView | null): HolderStanceAnswer['now'] =>
  view === null
    ? null
    : {
        status: view.status,
        direction: view.direction,
        strength: view.strength,
        since: view.since === null ? null : dayAnswer(view.since),
      };

const stanceAnswer = (
  { holder, proposition, before, now, incomplete }: ToldHolder,
  from: Day | null,
): HolderStanceAnswer => ({
  holder,
  proposition,
  ...(from === null ? {} : { before: standing(before) }),
  now: standing(now),
  ...(incomplete ? { incomplete: true as const } : {}),
});

const moveAnswer = ({ holder, proposition, change }: Move<string>, method: string): MoveAnswer => {
  const { track, kind, from, to, at, confirmedAt, openedBy } = change;
  return {
    id: changeId({ method, holder, proposition, track, openedBy }),
    holder,
    proposition,
    track,
    kind,
    from,
    to,
    at: dayAnswer(at),
    confirmedAt: dayAnswer(confirmedAt ?? at),
    openedBy,
  };
};

const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

const agreementAnswer = (
  holders: readonly string[],
  told: readonly ToldHolder[],
  joint: readonly JointMove<string>[],
): AgreementAnswer[] => {
  const together = new Map<string, number>();
  for (const { holders: movers } of joint) {
    for (const [index, { holder }] of movers.entries()) {
      for (const other of movers.slice(index + 1)) {
        const key = pairKey(holder, other.holder);
        together.set(key, (together.get(key) ?? 0) + 1);
      }
    }
  }
  const held = told.flatMap(({ holder, proposition, now }) =>
    now === null || now.direction === null || now.status === 'insufficient'
      ? []
      : [{ holder, proposition, direction: now.direction }],
  );
  return agreementsOf(holders, held).map((agreement) => ({
    ...agreement,
    movedTogether: together.get(pairKey(agreement.a, agreement.b)) ?? 0,
  }));
};

export const holderComparisonAnswer = (
  { holders, propositions, told, period }: HolderComparisonMaterials,
  { at, method }: ReadingContext,
): Omit<HolderComparisonAnswer, 'knownAt'> => {
  const { from } = period;
  const first: Move<string>[] = [];
  const moved: Move<string>[] = [];
  for (const { holder, proposition, moves } of told) {
    if (moves.first !== null) first.push({ holder, proposition, change: moves.first });
    for (const change of moves.moved) moved.push({ holder, proposition, change });
  }
  const joint = jointMovesOf(moved);
  const inOrder = (moves: readonly Move<string>[]): MoveAnswer[] =>
    moves.toSorted((a, b) => a.change.at - b.change.at).map((move) => moveAnswer(move, method.name));
  const shown = told.filter(({ now, incomplete }) => now !== null || incomplete);
  return {
    holders,
    propositions,
    stances: shown.map((one) => stanceAnswer(one, from)),
    first: inOrder(first),
    moved: inOrder(moved),
    movedTogether: joint.map(({ proposition, to: direction, holders: movers }) => ({
      proposition,
      to: direction,
      holders: movers.map(({ holder, days }) => ({ holder, days: days.map(dayAnswer) })),
    })),
    ...(holders.length > mostComparedHolders
      ? {}
      : {
          agreement: agreementAnswer(
            holders.map(({ id }) => id),
            told,
            joint,
          ),
        }),
    period: { from: from === null ? null : dayAnswer(from), to: at.answer },
    ...(told.some(({ incomplete }) => incomplete) ? { incomplete: true as const } : {}),
    method,
  };
};
