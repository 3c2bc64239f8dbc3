import { historyKey } from '@stance/read-model';
import type { ReadModelWriter } from '@stance/read-model';

import { createBatch } from './batch.ts';
import type { Batch } from './batch.ts';
import { nameActor, nameProposition } from './naming.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { ProjectionState } from './state.ts';

const missing = <Key>(keys: Iterable<Key>, cache: { get(key: Key): unknown }): Key[] => {
  const absent: Key[] = [];
  for (const key of keys) if (cache.get(key) === undefined) absent.push(key);
  return absent;
};

const loadNamed = async (
  state: ProjectionState,
  writer: ReadModelWriter,
  events: readonly PreparedEvent[],
): Promise<void> => {
  const actors = new Set<string>();
  const propositions = new Set<string>();
  for (const { actor, proposition, others, stream } of events) {
    if (actor !== null) actors.add(actor);
    if (proposition !== null) propositions.add(proposition);
    for (const { kind, id } of others) (kind === 'actor' ? actors : propositions).add(id);
    // A stream of which nothing can be read is still checked against what was applied of it.
    if (stream.kind === 'actor') actors.add(stream.id);
    else if (stream.kind === 'proposition') propositions.add(stream.id);
  }
  const absentActors = missing(actors, state.actors);
  if (absentActors.length > 0) {
    for (const [id, { no, version }] of await writer.actors(absentActors)) {
      state.actors.set(id, { no, version: version === null ? null : { ...version, open: null }, names: null });
    }
  }
  const absentPropositions = missing(propositions, state.propositions);
  if (absentPropositions.length > 0) {
    for (const [id, { no, version }] of await writer.propositions(absentPropositions)) {
      state.propositions.set(id, {
        no,
        version: version === null ? null : { ...version, open: null },
        topics: null,
      });
    }
  }
};

const numberEvents = (state: ProjectionState, batch: Batch, events: readonly PreparedEvent[]): void => {
  for (const event of events) {
    const { actor, proposition } = event;
    const actorNo = actor === null ? 0 : nameActor(state, batch, actor);
    const propositionNo = proposition === null ? 0 : nameProposition(state, batch, proposition);
    for (const { kind, id } of event.others) {
      if (kind === 'actor') nameActor(state, batch, id);
      else nameProposition(state, batch, id);
    }
    if (actorNo > 0 && propositionNo > 0) event.history = historyKey(actorNo, propositionNo);
  }
};

const loadStatements = async (
  batch: Batch,
  writer: ReadModelWriter,
  events: readonly PreparedEvent[],
): Promise<void> => {
  const own = new Set<string>();
  const replaced: string[] = [];
  for (const { stream, recorded } of events) {
    if (stream.kind === 'statement') own.add(stream.id);
    if (recorded?.content.replaces !== undefined) replaced.push(recorded.content.replaces);
  }
  if (own.size === 0) return;
  const ids = [...own];
  for (const id of await writer.replaced(ids)) batch.replaced.add(id);
  const wanted = replaced.length === 0 ? ids : [...new Set([...ids, ...replaced])];
  for (const [id, statement] of await writer.statements(wanted)) batch.statements.set(id, { ...statement, row: null });
};

const loadHistories = async (
  state: ProjectionState,
  batch: Batch,
  writer: ReadModelWriter,
  events: readonly PreparedEvent[],
): Promise<void> => {
  const keys = new Set<number>();
  for (const { history } of events) if (history !== null) keys.add(history);
  for (const { history } of batch.statements.values()) keys.add(history);
  const absent = missing(keys, state.histories);
  if (absent.length === 0) return;
  for (const [key, { firstPosition, lastPosition, tail, failure }] of await writer.histories(absent)) {
    state.histories.set(key, { key, firstPosition, lastPosition, tail: tail === '' ? null : tail, failure });
  }
};

const loadNames = async (
  state: ProjectionState,
  writer: ReadModelWriter,
  events: readonly PreparedEvent[],
): Promise<void> => {
  for (const { event } of events) {
    if (event?.type !== 'ActorRevised') continue;
    const actor = state.actors.get(event.data.actorId);
    if (actor === undefined || actor.names !== null) continue;
    actor.names = (await writer.knownNames(actor.no)).map(({ position, at }) => ({ position, at, open: null }));
  }
};

/** The memberships and topics that events of the registry may end. */
const loadRegistry = async (
  state: ProjectionState,
  batch: Batch,
  writer: ReadModelWriter,
  events: readonly PreparedEvent[],
): Promise<void> => {
  const actors = new Set<number>();
  const topics = new Set<string>();
  for (const { event } of events) {
    if (event?.type === 'TopicDefined') topics.add(event.data.topicId);
    if (event?.type !== 'MembershipRecorded') continue;
    const no = state.actors.get(event.data.actorId)?.no;
    if (no !== undefined) actors.add(no);
  }
  if (actors.size > 0) {
    const held = (await writer.memberships([...actors])).map((membership) => ({ ...membership, open: null }));
    for (const [actor, memberships] of Map.groupBy(held, ({ actor: no }) => no)) {
      batch.memberships.set(actor, memberships);
    }
  }
  if (topics.size > 0) {
    for (const [id, position] of await writer.topics([...topics])) batch.topics.set(id, { position, open: null });
  }
};

/** Looks up all that a page of events rests on, and gives numbers to whom and what it names first. */
export const loadBatch = async (
  state: ProjectionState,
  writer: ReadModelWriter,
  events: readonly PreparedEvent[],
): Promise<Batch> => {
  const batch = createBatch((state.batch += 1));
  await loadNamed(state, writer, events);
  await loadNames(state, writer, events);
  numberEvents(state, batch, events);
  await loadRegistry(state, batch, writer, events);
  await loadStatements(batch, writer, events);
  await loadHistories(state, batch, writer, events);
  return batch;
};
