import { historyKey, holderOf, propositionOf } from '@stance/read-model';
import { survivorsOf } from '@stance/domain';
import type { Survivors } from '@stance/domain';
import type { ReadModelWriter } from '@stance/read-model';

import { createBatch } from './batch.ts';
import type { Batch } from './batch.ts';
import { nameActor, nameProposition } from './naming.ts';
import type { PreparedEvent } from './prepared-event.ts';
import { historiesIn, survivingHistory } from './surviving-history.ts';
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
  const absentPropositions = missing(propositions, state.propositions);
  const [foundActors, foundPropositions] = await Promise.all([
    absentActors.length > 0 ? writer.actors(absentActors) : [],
    absentPropositions.length > 0 ? writer.propositions(absentPropositions) : [],
  ]);
  for (const [id, { no, version }] of foundActors) {
    state.actors.set(id, { no, version: version === null ? null : { ...version, open: null }, names: null });
  }
  for (const [id, { no, version }] of foundPropositions) {
    state.propositions.set(id, { no, version: version === null ? null : { ...version, open: null }, topics: null });
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
    const { replaces, disowns } = recorded?.content ?? {};
    if (replaces !== undefined) replaced.push(replaces);
    if (disowns !== undefined && 'statementId' in disowns) replaced.push(disowns.statementId);
  }
  if (own.size === 0) return;
  const ids = [...own];
  const wanted = replaced.length === 0 ? ids : [...new Set([...ids, ...replaced])];
  const [replacedBefore, statements] = await Promise.all([writer.replaced(ids), writer.statements(wanted)]);
  for (const id of replacedBefore) batch.replaced.add(id);
  for (const [id, statement] of statements) batch.statements.set(id, { ...statement, row: null });
};

/** The numbers given before the page. */
type KnownNumbers = Pick<ProjectionState, 'lastActor' | 'lastProposition'>;

const loadHistories = async (
  state: ProjectionState,
  batch: Batch,
  writer: ReadModelWriter,
  events: readonly PreparedEvent[],
  known: KnownNumbers,
): Promise<void> => {
  const keys = new Set<number>();
  for (const { history } of events) if (history !== null) keys.add(history);
  for (const { history } of batch.statements.values()) keys.add(history);
  for (const held of batch.held.values()) for (const history of held) keys.add(history);
  for (const history of batch.spokenIn) keys.add(history);
  if (batch.held.size > 0) {
    for (const target of state.pointers.targets()) if (batch.held.has(holderOf(target))) keys.add(target);
  }
  addConcerned(state, events, keys);
  // Whom or what nobody named before has no history yet.
  const mayBeThere = (key: number): boolean =>
    holderOf(key) <= known.lastActor && propositionOf(key) <= known.lastProposition;
  const absent = missing(keys, state.histories).filter(mayBeThere);
  if (absent.length === 0) return;
  for (const [key, { tail, ...history }] of await writer.histories(absent)) {
    state.histories.set(key, { ...history, key, tail: tail === '' ? null : tail });
  }
};

/** Adds the histories that those count into, before and after what the page merges, and whatever points at them. */
const addConcerned = (state: ProjectionState, events: readonly PreparedEvent[], keys: Set<number>): void => {
  const groups = [state.survivors.byNumber, ...mergedBy(state, events)];
  for (const survivors of groups) {
    if (survivors.isEmpty && state.pointers.isEmpty) continue;
    // A set gives what is added to it while it is gone through, too.
    for (const history of keys) {
      const counted = survivingHistory(survivors, history);
      keys.add(counted);
      for (const member of historiesIn(survivors, counted)) {
        for (const { history: pointing } of state.pointers.at(member)) keys.add(pointing);
      }
    }
  }
};

/** Who answers for whom once the one event of a page that merges or unmerges is handled. */
const mergedBy = (state: ProjectionState, events: readonly PreparedEvent[]): Survivors<number>[] => {
  const [first] = events;
  const { event } = first ?? {};
  if (event?.type !== 'ActorMerged' && event?.type !== 'ActorUnmerged') return [];
  const edges = new Map(state.merges);
  const actor = state.actors.get(event.data.actorId)?.no ?? 0;
  edges.delete(actor);
  const rest = [...edges.values()].map(({ actor: from, into }) => ({ actor: from, into }));
  if (event.type === 'ActorUnmerged') return [survivorsOf(rest)];
  const into = state.actors.get(event.data.into)?.no ?? 0;
  // Those that would make a circle are refused when they are handled.
  return survivorsOf(rest).of(into) === actor ? [] : [survivorsOf([...rest, { actor, into }])];
};

/** The histories of those who are merged, or of whom something ends or is taken back that cannot be named by now. */
const loadHeld = async (
  state: ProjectionState,
  batch: Batch,
  writer: ReadModelWriter,
  events: readonly PreparedEvent[],
): Promise<void> => {
  const actors = new Set<number>();
  const { byNumber } = state.survivors;
  const addAll = (actor: number): void => {
    for (const member of byNumber.members(byNumber.of(actor))) actors.add(member);
  };
  let merges = false;
  for (const { event, recorded, history } of events) {
    if (event?.type === 'ActorMerged' || event?.type === 'ActorUnmerged') {
      merges = true;
      addAll(state.actors.get(event.data.actorId)?.no ?? 0);
      if (event.type === 'ActorMerged') addAll(state.actors.get(event.data.into)?.no ?? 0);
    }
    const disowns = recorded?.content.disowns;
    if (history !== null && disowns !== undefined && 'utteranceId' in disowns) addAll(holderOf(history));
  }
  const disowning = events.some(({ recorded }) => recorded?.content.disowns !== undefined);
  if (state.disowners.size > 0 || disowning) {
    for (const { event } of events) {
      const ends = event?.type === 'StatementCorrected' || event?.type === 'StatementRetracted';
      const ended = ends
        ? event.data.statementId
        : event?.type === 'StatementMade'
          ? event.data.statement.replaces
          : undefined;
      if (ended === undefined) continue;
      const history = batch.statements.get(ended)?.history ?? events.find(({ stream }) => stream.id === ended)?.history;
      if (history != null) addAll(holderOf(history));
    }
  }
  for (const actor of actors) batch.held.set(actor, await writer.historiesOf([actor]));
  if (!merges || actors.size === 0) return;
  for (const history of await writer.spokenIn([...actors])) batch.spokenIn.add(history);
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
  await Promise.all([loadNamed(state, writer, events), loadStatements(batch, writer, events)]);
  await loadNames(state, writer, events);
  const { lastActor, lastProposition } = state;
  numberEvents(state, batch, events);
  await loadRegistry(state, batch, writer, events);
  await loadHeld(state, batch, writer, events);
  await loadHistories(state, batch, writer, events, { lastActor, lastProposition });
  return batch;
};
