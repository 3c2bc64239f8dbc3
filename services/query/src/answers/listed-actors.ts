import type { ListedActor } from '@stance/contracts';
import type { Day } from '@stance/domain';
import type { ActorRow, Snapshot } from '@stance/read-model';

import { survivorsAt } from '../survivors-at.ts';
import { officeHolder, readActorNames, shownHolders } from './membership-answer.ts';
import { actorAnswer } from './named-answer.ts';

/** Actors as a list shows them, with whom they answer as, and who held an office on the day. */
export const readListedActors = async (
  snapshot: Snapshot,
  rows: readonly ActorRow[],
  knownAt: number,
  day: Day,
): Promise<ListedActor[]> => {
  const numbers = rows.map(({ no }) => no);
  const namesOf = Map.groupBy(await snapshot.names(numbers, knownAt), ({ actor }) => actor);
  const merged = await survivorsAt(snapshot, knownAt);
  const survivors = await snapshot.actorIds(numbers.map((no) => merged.of(no)));

  const isOffice = ({ kind }: ActorRow): boolean => kind === 'office';
  const sameOffice = (no: number): readonly number[] => merged.members(merged.of(no));
  const offices = [...new Set(rows.filter(isOffice).flatMap(({ no }) => sameOffice(no)))];
  const held = Map.groupBy(await snapshot.memberships({ groups: offices }, knownAt), ({ group }) => group);
  const holdersOf = (no: number) =>
    shownHolders(
      sameOffice(no).flatMap((office) => held.get(office) ?? []),
      day,
    );
  const holders = new Map(rows.filter(isOffice).map(({ no }) => [no, holdersOf(no)]));
  const names = await readActorNames(snapshot, [...holders.values()].flat(), merged, knownAt);

  return rows.map((row) => {
    const survivor = merged.of(row.no);
    const heldBy = holders.get(row.no);
    return {
      ...actorAnswer(row, namesOf.get(row.no) ?? []),
      ...(survivor === row.no ? {} : { mergedInto: survivors.get(survivor) ?? '' }),
      ...(heldBy === undefined ? {} : { heldBy: heldBy.map((membership) => officeHolder(membership, names)) }),
    };
  });
};
