import { implicationsFor, stanceAt } from '@stance/domain';
import type { Day, Implication, Relation, RelationType, StanceView } from '@stance/domain';
import { historyKey, holderOf, propositionOf } from '@stance/read-model';
import type { HistoryRow, ReadModel, RelationRow } from '@stance/read-model';

import type { Folds } from './folds.ts';

/** A stance on another proposition from which something follows on this one. */
export interface ImpliedStance {
  readonly implication: Implication;
  /** The number of that proposition. */
  readonly proposition: number;
  readonly view: StanceView;
  /** From there to here, propositions by number. */
  readonly path: readonly { readonly from: number; readonly type: RelationType; readonly to: number }[];
}

export interface ImpliedStancesOptions {
  readonly readModel: ReadModel;
  readonly folds: Folds;
  readonly knownAt: number;
  readonly day: Day;
}

/** So many propositions are gone to over relations. */
const mostPropositions = 10_000;
/** So many of the nearest stances from which something would follow are looked for, */
const mostFollowed = 500;
/** so many of those that the holder spoke of are looked at, and so many are shown. */
const mostLookedAt = 200;
const mostShown = 20;

type Relations = ReadonlyMap<string, readonly Relation[]>;

const relationOf = ({ proposition, type, related }: RelationRow): Relation => ({
  from: String(proposition),
  type: type as RelationType,
  to: String(related),
});

/** The relations that can be reached from some propositions, by the propositions that they touch. */
const relationsFrom = async (
  readModel: ReadModel,
  propositions: readonly number[],
  knownAt: number,
): Promise<Relations> => {
  const rows = await readModel.read((snapshot) =>
    snapshot.relationsReached({ propositions, knownAt, most: mostPropositions }),
  );
  const touching = new Map<string, Relation[]>();
  const touch = (proposition: string, relation: Relation): void => {
    const known = touching.get(proposition);
    if (known === undefined) touching.set(proposition, [relation]);
    else known.push(relation);
  };
  for (const row of rows) {
    const relation = relationOf(row);
    touch(relation.from, relation);
    if (relation.to !== relation.from) touch(relation.to, relation);
  }
  return touching;
};

const none: readonly Relation[] = [];

/** What follows on the propositions of some histories from other stances of their holders; those without are left out. */
export const impliedStances = async (
  { readModel, folds, knownAt, day }: ImpliedStancesOptions,
  histories: readonly number[],
): Promise<ReadonlyMap<number, readonly ImpliedStance[]>> => {
  const relations = await relationsFrom(readModel, [...new Set(histories.map(propositionOf))], knownAt);
  const implied = new Map<number, readonly ImpliedStance[]>();
  if (relations.size === 0) return implied;
  for (const history of histories) {
    const proposition = String(propositionOf(history));
    const implications = implicationsFor(proposition, (one) => relations.get(one) ?? none, mostFollowed);
    const found = implications.length === 0 ? [] : await held(holderOf(history), implications);
    if (found.length > 0) implied.set(history, found);
  }
  return implied;

  /** Those whose ground the holder takes. */
  async function held(holder: number, implications: readonly Implication[]): Promise<ImpliedStance[]> {
    const keyOf = ({ proposition }: Implication): number => historyKey(holder, Number(proposition));
    const rows = new Map<number, HistoryRow>();
    const keys = [...new Set(implications.map(keyOf))];
    for (const row of await readModel.read((snapshot) => snapshot.historiesAmong(keys))) {
      if (row.firstPosition <= knownAt) rows.set(row.history, row);
    }
    const nearest = implications.filter((implication) => rows.has(keyOf(implication))).slice(0, mostLookedAt);
    const wanted = new Set(nearest.map(keyOf));
    const folded = await folds.of(
      [...rows.values()].filter((row) => wanted.has(row.history)),
      knownAt,
    );
    const stances = nearest.flatMap((implication): ImpliedStance[] => {
      const history = folded.get(keyOf(implication)) ?? null;
      const view = history === null ? null : stanceAt(history, day);
      if (view === null || view.status === 'insufficient' || view.direction !== implication.given) return [];
      const path = implication.path().map(({ from, type, to }) => ({ from: Number(from), type, to: Number(to) }));
      return [{ implication, proposition: Number(implication.proposition), view, path }];
    });
    return stances.slice(0, mostShown);
  }
};
