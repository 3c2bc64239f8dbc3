import type {
  ActorMerged,
  ActorUnmerged,
  MembershipRecorded,
  PropositionRelated,
  RegistryEvent,
  TopicDefined,
} from '@stance/contracts';

import type { Batch } from './batch.ts';
import { PoisonError } from './poison.ts';
import type { HistoryFolds } from './history-folds.ts';
import { survivorsBy } from './state.ts';
import type { OpenRow, ProjectionState } from './state.ts';

/** Where the column `known_to` stands in the rows of each table. */
const knownTo = { merges: 3, memberships: 7, topics: 4 } as const;

const endRow = (
  batch: Batch,
  table: keyof typeof knownTo,
  { position, open }: { readonly position: number; readonly open: OpenRow | null },
  at: number,
): void => {
  if (open?.batch === batch.no) open.row[knownTo[table]] = at;
  else batch.rows.update(table, ['known_to'], [at, position]);
};

const numberOf = (named: { get(id: string): { readonly no: number } | undefined }, id: string): number => {
  const work = named.get(id);
  if (work === undefined) throw new Error(`"${id}" was handled before it was named`);
  return work.no;
};

/** Whether an actor answers as another one. */
const answersAs = ({ merges }: ProjectionState, actor: number, other: number): boolean => {
  for (let at: number | undefined = actor; at !== undefined; at = merges.get(at)?.into) if (at === other) return true;
  return false;
};

/** The histories of all who answer as somebody else from now on, and of those whom they answered as or do. */
const regroup = (state: ProjectionState, folds: HistoryFolds, actor: number, position: number): void => {
  const before = state.survivors.byNumber;
  state.survivors = survivorsBy(state.merges);
  const { byNumber } = state.survivors;
  const concerned = new Set([...before.members(before.of(actor)), ...byNumber.members(byNumber.of(actor))]);
  folds.regroup(concerned, position);
};

/** A merge takes the place of an earlier one of the same actor. */
const handleMerged = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  { position, data }: ActorMerged,
): void => {
  const actor = numberOf(state.actors, data.actorId);
  const into = numberOf(state.actors, data.into);
  if (answersAs(state, into, actor)) {
    throw new PoisonError('merge-cycle', `${data.actorId} is merged into ${data.into}, which answers as it`);
  }
  const before = state.merges.get(actor);
  if (before !== undefined) endRow(batch, 'merges', before, position);
  const row = batch.rows.insert('merges', [position, actor, into, null, data.reason ?? null]);
  const ids = { actor: data.actorId, into: data.into };
  state.merges.set(actor, { position, actor, into, ids, open: { batch: batch.no, row } });
  regroup(state, folds, actor, position);
};

/** One that is not merged stays so. */
const handleUnmerged = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  { position, data }: ActorUnmerged,
): void => {
  const actor = numberOf(state.actors, data.actorId);
  const merge = state.merges.get(actor);
  if (merge === undefined) return;
  endRow(batch, 'merges', merge, position);
  state.merges.delete(actor);
  regroup(state, folds, actor, position);
};

const handleMembership = (state: ProjectionState, batch: Batch, { position, data }: MembershipRecorded): void => {
  const actor = numberOf(state.actors, data.actorId);
  const group = numberOf(state.actors, data.group);
  const onBehalfOf = data.onBehalfOf === undefined ? null : numberOf(state.actors, data.onBehalfOf);
  const role = data.role ?? null;
  const validFrom = data.from ?? null;
  const held = batch.memberships.get(actor) ?? [];
  const same = held.find((each) => each.group === group && each.role === role && each.validFrom === validFrom);
  if (same !== undefined) endRow(batch, 'memberships', same, position);
  const row = batch.rows.insert('memberships', [
    position,
    actor,
    group,
    role,
    validFrom,
    data.to ?? null,
    onBehalfOf,
    null,
  ]);
  const work = { position, group, role, validFrom, open: { batch: batch.no, row } };
  batch.memberships.set(actor, [...held.filter((each) => each !== same), work]);
};

const handleRelated = (state: ProjectionState, batch: Batch, { position, data }: PropositionRelated): void => {
  const proposition = numberOf(state.propositions, data.from);
  const related = numberOf(state.propositions, data.to);
  batch.rows.insert('relations', [position, proposition, data.type, related, null]);
};

const handleTopic = (batch: Batch, { position, data }: TopicDefined): void => {
  const { topicId, name, parent, aliases = [] } = data;
  const before = batch.topics.get(topicId);
  if (before !== undefined) endRow(batch, 'topics', before, position);
  const body = JSON.stringify({ aliases });
  const row = batch.rows.insert('topics', [position, topicId, name, parent ?? null, null, body]);
  batch.topics.set(topicId, { position, open: { batch: batch.no, row } });
};

const handleOne = (state: ProjectionState, batch: Batch, folds: HistoryFolds, event: RegistryEvent): void => {
  switch (event.type) {
    case 'ActorMerged':
      return handleMerged(state, batch, folds, event);
    case 'ActorUnmerged':
      return handleUnmerged(state, batch, folds, event);
    case 'MembershipRecorded':
      return handleMembership(state, batch, event);
    case 'PropositionRelated':
      return handleRelated(state, batch, event);
    case 'TopicDefined':
      return handleTopic(batch, event);
    // What it does is done before it is handled: its own stream may be the one that is parked.
    case 'EventSkipped':
      return undefined;
  }
};

/** An event of the registry. Whom and what it names may be registered later, or never: they have their numbers. */
export const handleRegistry = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  event: RegistryEvent,
): void => {
  handleOne(state, batch, folds, event);
  state.registryRevision = event.revision;
  if (batch.appliedRegistry === null) {
    batch.appliedRegistry = [event.stream, event.revision];
    batch.rows.put('applied_streams', batch.appliedRegistry);
  } else {
    batch.appliedRegistry[1] = event.revision;
  }
};
