import { windowHolds } from '@stance/contracts';
import type { ActorMembershipAnswer, GroupMemberAnswer, OfficeHolderAnswer } from '@stance/contracts';
import { daysOf } from '@stance/domain';
import type { Day, Survivors } from '@stance/domain';
import type { MembershipRow, Snapshot } from '@stance/read-model';

import { dateAnswer } from '../dates.ts';

/** More memberships of one actor, or members of one group, are only counted. */
const mostMemberships = 200;
const mostHolders = 20;

/** Ids and names of actors by number, those that they answer as in their place. */
export interface ActorNames {
  id(actor: number): string;
  name(actor: number): { readonly name?: string };
}

/** Looks up the actors that these memberships name. */
export const readActorNames = async (
  snapshot: Snapshot,
  memberships: readonly MembershipRow[],
  merged: Survivors<number>,
  knownAt: number,
): Promise<ActorNames> => {
  const numbers = new Set<number>();
  for (const { actor, group, onBehalfOf } of memberships) {
    for (const each of [actor, group, onBehalfOf]) if (each !== null) numbers.add(merged.of(each));
  }
  const ids = await snapshot.actorIds([...numbers]);
  const names = await snapshot.actorNames([...numbers], knownAt);
  return {
    id: (actor) => ids.get(merged.of(actor)) ?? '',
    name: (actor) => {
      const name = names.get(merged.of(actor));
      return name === undefined ? {} : { name };
    },
  };
};

export const holdsOn = ({ validFrom, validTo }: MembershipRow, day: Day): boolean =>
  windowHolds({ from: validFrom ?? undefined, to: validTo ?? undefined }, day);

/** Those that hold on the day first, and no more than are shown. */
export const shownMemberships = (memberships: readonly MembershipRow[], day: Day): readonly MembershipRow[] => {
  const byCurrent = Map.groupBy(memberships, (membership) => holdsOn(membership, day));
  return [true, false].flatMap((current) => byCurrent.get(current) ?? []).slice(0, mostMemberships);
};

const dateOf = (text: string) => dateAnswer(text, daysOf(text));

const heldFields = ({ role, validFrom, validTo }: MembershipRow) => ({
  ...(role === null ? {} : { role }),
  ...(validFrom === null ? {} : { from: dateOf(validFrom) }),
  ...(validTo === null ? {} : { to: dateOf(validTo) }),
});

const memberFields = (membership: MembershipRow, names: ActorNames, day: Day) => ({
  ...heldFields(membership),
  ...(membership.onBehalfOf === null ? {} : { onBehalfOf: names.id(membership.onBehalfOf) }),
  current: holdsOn(membership, day),
});

export const actorMembership = (membership: MembershipRow, names: ActorNames, day: Day): ActorMembershipAnswer => ({
  group: names.id(membership.group),
  ...names.name(membership.group),
  ...memberFields(membership, names, day),
});

export const groupMember = (membership: MembershipRow, names: ActorNames, day: Day): GroupMemberAnswer => ({
  actor: names.id(membership.actor),
  ...names.name(membership.actor),
  ...memberFields(membership, names, day),
});

/** Who holds an office on a day, by its memberships. */
export const shownHolders = (memberships: readonly MembershipRow[], day: Day): readonly MembershipRow[] =>
  memberships.filter((membership) => holdsOn(membership, day)).slice(0, mostHolders);

export const officeHolder = (membership: MembershipRow, names: ActorNames): OfficeHolderAnswer => ({
  actor: names.id(membership.actor),
  ...names.name(membership.actor),
  ...heldFields(membership),
});
