import type { History, PlacedStatement } from '@stance/domain';
import { spokenDirection } from '@stance/domain';
import { historyKey, holderOf, propositionOf } from '@stance/read-model';
import type { MembershipRow, ReadModel, Snapshot } from '@stance/read-model';

import { holdsOn } from './answers/membership-answer.ts';
import type { Folds } from './folds.ts';
import { survivorsAt } from './survivors-at.ts';

/** A statement of one of the holders that one document speaks of. */
export interface AccountAcross {
  readonly history: number;
  readonly placed: PlacedStatement;
}

export interface AccountsAcrossOptions {
  readonly readModel: ReadModel;
  readonly folds: Folds;
  readonly knownAt: number;
}

/** So many are looked at, and so many of those who spoke of the proposition are read. */
const mostRelated = 500;
const mostRead = 20;
/** How many documents, and accounts of one document, are shown. */
const mostDocuments = 20;
const mostAccounts = 20;

interface Headed {
  readonly actor: number;
  /** The memberships by which one heads the other: all have to hold on the day. */
  readonly by: readonly MembershipRow[];
}

/**
 * Whom an actor heads, or is headed by: the offices that a person holds and the groups that these offices are part of, and
 * the same the other way round.
 */
const relatedTo = async (snapshot: Snapshot, holder: number, knownAt: number): Promise<Headed[]> => {
  const survivors = await survivorsAt(snapshot, knownAt);
  const groupsOf = (actor: number): Promise<MembershipRow[]> =>
    snapshot.memberships({ actors: survivors.members(actor) }, knownAt);
  const membersOf = (group: number): Promise<MembershipRow[]> =>
    snapshot.memberships({ groups: survivors.members(group) }, knownAt);
  const offices = async (actors: readonly number[]): Promise<ReadonlySet<number>> => {
    const kinds = await snapshot.actorKinds(actors, knownAt);
    return new Set(actors.filter((actor) => kinds.get(actor) === 'office'));
  };

  const above = await groupsOf(holder);
  const below = await membersOf(holder);
  if (above.length === 0 && below.length === 0) return [];
  const groups = above.map((row) => ({ actor: survivors.of(row.group), by: [row] }));
  const members = below.map((row) => ({ actor: survivors.of(row.actor), by: [row] }));
  const isOffice = await offices([holder, ...groups.map(({ actor }) => actor), ...members.map(({ actor }) => actor)]);
  if (isOffice.has(holder)) return [...groups, ...members].slice(0, mostRelated);

  const related: Headed[] = [];
  for (const office of groups.filter(({ actor }) => isOffice.has(actor))) {
    const headed = await groupsOf(office.actor);
    related.push(office, ...headed.map((row) => ({ actor: survivors.of(row.group), by: [...office.by, row] })));
  }
  for (const office of members.filter(({ actor }) => isOffice.has(actor))) {
    const heads = await membersOf(office.actor);
    related.push(office, ...heads.map((row) => ({ actor: survivors.of(row.actor), by: [...office.by, row] })));
  }
  return related.filter(({ actor }) => actor !== holder).slice(0, mostRelated);
};

const speaking = ({ placed }: History): PlacedStatement[] =>
  placed.filter(({ statement, weight }) => weight > 0 && statement.document !== null && statement.condition === null);

/**
 * The accounts of each document that speaks of the holder and of somebody whom he heads, or who heads him, on the day it
 * was said, in different directions; in the order said.
 */
export const accountsAcross = async (
  { readModel, folds, knownAt }: AccountsAcrossOptions,
  number: number,
  history: History,
): Promise<readonly (readonly AccountAcross[])[]> => {
  const own = speaking(history);
  if (own.length === 0) return [];
  const { related, rows } = await readModel.read(async (snapshot) => {
    const found = await relatedTo(snapshot, holderOf(number), knownAt);
    const keys = found.map(({ actor }) => historyKey(actor, propositionOf(number)));
    return { related: found, rows: keys.length === 0 ? [] : await snapshot.historiesAmong([...new Set(keys)]) };
  });
  const begun = rows
    .filter(({ firstPosition, history: key }) => firstPosition <= knownAt && key !== number)
    .toSorted((a, b) => a.history - b.history)
    .slice(0, mostRead);
  if (begun.length === 0) return [];
  const folded = await folds.of(begun, knownAt);
  const byDocument = Map.groupBy(own, ({ statement }) => statement.document);

  const found = new Map<string, Map<string, AccountAcross>>();
  const note = (document: string, account: AccountAcross): void => {
    const accounts = found.get(document) ?? new Map<string, AccountAcross>();
    found.set(document, accounts.set(account.placed.statement.id, account));
  };
  for (const { actor, by } of related) {
    const key = historyKey(actor, propositionOf(number));
    const other = folded.get(key);
    if (other === undefined || other === null) continue;
    for (const theirs of speaking(other)) {
      const { document } = theirs.statement;
      if (document === null) continue;
      for (const ours of byDocument.get(document) ?? []) {
        if (spokenDirection(ours.statement) === spokenDirection(theirs.statement)) continue;
        if (!by.every((membership) => holdsOn(membership, theirs.day) || holdsOn(membership, ours.day))) continue;
        note(document, { history: number, placed: ours });
        note(document, { history: key, placed: theirs });
      }
    }
  }
  return [...found.values()]
    .map((accounts) => [...accounts.values()].sort((a, b) => a.placed.day - b.placed.day).slice(0, mostAccounts))
    .sort(([a], [b]) => (a?.placed.day ?? 0) - (b?.placed.day ?? 0))
    .slice(0, mostDocuments);
};
