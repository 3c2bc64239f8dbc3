import type { ActorDetail, MergedFromAnswer } from '@stance/contracts';
import type { MergeRow, Snapshot } from '@stance/read-model';

import type { RequestedDay } from '../dates.ts';
import { survivorsOf } from '@stance/domain';
import { actorMembership, groupMember, readActorNames, shownMemberships } from './membership-answer.ts';
import { actorAnswer, actorVersion } from './named-answer.ts';

const mergedFrom = async (
  snapshot: Snapshot,
  merges: readonly MergeRow[],
  knownAt: number,
): Promise<MergedFromAnswer[]> => {
  const ids = await snapshot.actorIds(merges.flatMap(({ actor, into }) => [actor, into]));
  const names = await snapshot.actorNames(
    merges.map(({ actor }) => actor),
    knownAt,
  );
  return merges.map(({ actor, into, reason, position }) => {
    const name = names.get(actor);
    return {
      id: ids.get(actor) ?? '',
      ...(name === undefined ? {} : { name }),
      into: ids.get(into) ?? '',
      ...(reason === null ? {} : { reason }),
      position,
    };
  });
};

/** All that is known of an actor, or of the one that it answers as; `null` where nobody has registered that one. */
export const readActorDetail = async (
  snapshot: Snapshot,
  id: string,
  knownAt: number,
  at: RequestedDay,
): Promise<Omit<ActorDetail, 'knownAt'> | null> => {
  const asked = await snapshot.actorNo(id);
  if (asked === null) return null;
  const merges = await snapshot.merges(knownAt);
  const merged = survivorsOf(merges);
  const no = merged.of(asked);
  const versions = await snapshot.actorVersions(no, knownAt);
  const last = versions.at(-1);
  const ownId = (await snapshot.actorIds([no])).get(no);
  if (last === undefined || ownId === undefined) return null;

  const same = merged.members(no);
  const isSame = new Set(same);
  const all = await snapshot.memberships({ actors: same, groups: same }, knownAt);
  const held = all.filter(({ actor }) => isSame.has(actor));
  const members = all.filter(({ group }) => isSame.has(group));
  const heldShown = shownMemberships(held, at.day);
  const membersShown = shownMemberships(members, at.day);
  const names = await readActorNames(snapshot, [...heldShown, ...membersShown], merged, knownAt);

  return {
    ...actorAnswer({ ...last, no, id: ownId }, await snapshot.names([no], knownAt)),
    ...(no === asked ? {} : { mergedInto: ownId }),
    mergedFrom: await mergedFrom(
      snapshot,
      merges.filter(({ actor }) => actor !== no && isSame.has(actor)),
      knownAt,
    ),
    memberships: heldShown.map((membership) => actorMembership(membership, names, at.day)),
    membershipCount: held.length,
    members: membersShown.map((membership) => groupMember(membership, names, at.day)),
    memberCount: members.length,
    versions: versions.map(actorVersion),
    at: at.answer,
  };
};
