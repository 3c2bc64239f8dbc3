import { stanceAt } from '@stance/domain';
import type { Day, StanceView } from '@stance/domain';
import { historyKey, holderOf, propositionOf } from '@stance/read-model';
import type { ReadModel } from '@stance/read-model';

import { holdsOn } from './answers/membership-answer.ts';
import type { Folds } from './folds.ts';
import { survivorsAt } from './survivors-at.ts';

/** A member who stands elsewhere than the group. */
export interface Dissent {
  /** The member's own history on the proposition. */
  readonly history: number;
  readonly role: string | null;
  readonly view: StanceView;
}

export interface DissentsOptions {
  readonly readModel: ReadModel;
  readonly folds: Folds;
  readonly knownAt: number;
  readonly day: Day;
}

/** So many members of a group are looked at, and so many shown. */
const mostMembers = 500;
const mostShown = 20;

const none: ReadonlyMap<number, readonly Dissent[]> = new Map();

/** Who of the members of each holder stands elsewhere on the day, by the history of the holder; only those with any. */
export const dissents = async (
  { readModel, folds, knownAt, day }: DissentsOptions,
  stances: readonly { readonly history: number; readonly view: StanceView }[],
): Promise<ReadonlyMap<number, readonly Dissent[]>> => {
  const told = stances.filter(({ view }) => view.status !== 'insufficient');
  if (told.length === 0) return none;
  const { survivors, members } = await readModel.read(async (snapshot) => {
    const found = await survivorsAt(snapshot, knownAt);
    const groups = [...new Set(told.flatMap(({ history }) => found.members(holderOf(history))))];
    const memberships = await snapshot.memberships({ groups }, knownAt);
    return { survivors: found, members: memberships.filter((membership) => holdsOn(membership, day)) };
  });
  if (members.length === 0) return none;
  const byGroup = Map.groupBy(members, ({ group }) => survivors.of(group));

  const found = new Map<number, readonly Dissent[]>();
  for (const { history, view } of told) {
    const group = holderOf(history);
    const roles = new Map<number, string | null>();
    for (const { actor, role } of byGroup.get(group) ?? []) {
      const member = survivors.of(actor);
      if (member === group || roles.size === mostMembers) continue;
      const own = historyKey(member, propositionOf(history));
      roles.set(own, roles.get(own) ?? role);
    }
    if (roles.size === 0) continue;
    const rows = await readModel.read((snapshot) => snapshot.historiesAmong([...roles.keys()]));
    const folded = await folds.of(
      rows.filter(({ firstPosition }) => firstPosition <= knownAt),
      knownAt,
    );
    const dissenting = [...roles].flatMap(([own, role]): Dissent[] => {
      const fold = folded.get(own) ?? null;
      const held = fold === null ? null : stanceAt(fold, day);
      if (held === null || held.status === 'insufficient' || held.direction === view.direction) return [];
      return [{ history: own, role, view: held }];
    });
    if (dissenting.length > 0) found.set(history, dissenting.slice(0, mostShown));
  }
  return found;
};
