import type { StanceChange } from './change.ts';
import type { Day } from './day.ts';
import type { StanceDirection } from './direction.ts';
import { ownChanges } from './history.ts';
import type { History } from './history.ts';

/** The days looked at, both included; `null`: from the beginning. */
export interface Period {
  readonly from: Day | null;
  readonly to: Day;
}

/** Who took a stance, or moved, in a period: confirmed changes alone, told in hindsight, by the day they opened on. */
export interface Moves {
  readonly first: StanceChange | null;
  readonly moved: readonly StanceChange[];
}

/** The confirmed changes of a history in a period. */
export const movesIn = (history: History, { from, to }: Period): Moves => {
  const changes = ownChanges(history).filter(
    ({ status, at }) => status === 'confirmed' && (from === null || at >= from) && at <= to,
  );
  return {
    first: changes.find(({ kind }) => kind === 'first') ?? null,
    moved: changes.filter(({ kind }) => kind !== 'first'),
  };
};

/** A holder's change on a proposition; both are known by any name that tells them apart. */
export interface Move<Name> {
  readonly holder: Name;
  readonly proposition: Name;
  readonly change: StanceChange;
}

/** Holders, two at least, who went to the same direction on one proposition: each two of them moved together. */
export interface JointMove<Name> {
  readonly proposition: Name;
  readonly to: StanceDirection;
  /** In the order of their first days; of one day in that of the moves given. */
  readonly holders: readonly { readonly holder: Name; readonly days: readonly Day[] }[];
}

/** Who moved with whom. Steps of strength within a direction go nowhere. */
export const jointMovesOf = <Name>(moves: readonly Move<Name>[]): JointMove<Name>[] => {
  const found = new Map<Name, Map<StanceDirection, Map<Name, Day[]>>>();
  for (const { holder, proposition, change } of moves) {
    if (change.track !== 'direction') continue;
    const ofProposition = found.get(proposition) ?? new Map<StanceDirection, Map<Name, Day[]>>();
    found.set(proposition, ofProposition);
    const ofDirection = ofProposition.get(change.to.direction) ?? new Map<Name, Day[]>();
    ofProposition.set(change.to.direction, ofDirection);
    const days = ofDirection.get(holder);
    if (days === undefined) ofDirection.set(holder, [change.at]);
    else days.push(change.at);
  }
  return [...found].flatMap(([proposition, byDirection]) =>
    [...byDirection].flatMap(([to, byHolder]) => {
      if (byHolder.size < 2) return [];
      const holders = Array.from(byHolder, ([holder, days]) => ({ holder, days: days.toSorted((a, b) => a - b) }));
      holders.sort((a, b) => (a.days[0] ?? 0) - (b.days[0] ?? 0));
      return [{ proposition, to, holders }];
    }),
  );
};
