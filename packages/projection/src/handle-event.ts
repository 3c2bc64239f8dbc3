import type { Batch } from './batch.ts';
import { handleActor, handleAlias } from './handle-actor.ts';
import { handleProposition } from './handle-proposition.ts';
import { handleRegistry } from './handle-registry.ts';
import { handleCorrected, handleMade, handleRetracted } from './handle-statement.ts';
import type { HistoryFolds } from './history-folds.ts';
import { poisonOf } from './poison.ts';
import type { Poison } from './poison.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { ActorWork, ProjectionState, PropositionWork } from './state.ts';

/** The revision of the last event of the stream that was applied; -1 where there is none. */
const lastRevision = (state: ProjectionState, batch: Batch, { stream }: PreparedEvent): number => {
  switch (stream.kind) {
    case 'statement':
      return batch.statements.get(stream.id)?.revision ?? -1;
    case 'actor':
      return state.actors.get(stream.id)?.version?.revision ?? -1;
    case 'proposition':
      return state.propositions.get(stream.id)?.version?.revision ?? -1;
    case 'registry':
      return state.registryRevision;
    case null:
      return -1;
  }
};

const named = <Work extends ActorWork | PropositionWork>(work: Work | undefined): Work => {
  if (work === undefined) throw new Error('an actor or proposition was handled before it was named');
  return work;
};

/** Whose histories an event of the registry would have put together or set apart. */
const mergedBy = ({ stream, event, actor, others }: PreparedEvent): ReadonlySet<string> => {
  const merges = event === null || event.type === 'ActorMerged' || event.type === 'ActorUnmerged';
  if (stream.kind !== 'registry' || !merges) return new Set();
  const actors = others.filter(({ kind }) => kind === 'actor').map(({ id }) => id);
  return new Set(actor === null ? actors : [actor, ...actors]);
};

const park = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  prepared: PreparedEvent,
  { code, message }: Poison,
): void => {
  const { position, stream, revision, type, recordedAt } = prepared.stored;
  const history = prepared.history ?? batch.statements.get(prepared.stream.id)?.history ?? null;
  batch.rows.insert('parked', [
    position,
    stream,
    revision,
    type,
    history,
    code,
    message,
    recordedAt,
    prepared.replaces,
  ]);
  for (const id of mergedBy(prepared)) {
    batch.rows.insert('parked_actors', [position, named(state.actors.get(id)).no]);
  }
  // So that a history of which nothing else is known is there to say that it is incomplete.
  if (history !== null) folds.touch(history, position);
  state.parkedStreams.add(stream);
  batch.parked += 1;
};

const handle = (state: ProjectionState, batch: Batch, folds: HistoryFolds, prepared: PreparedEvent): void => {
  const { event } = prepared;
  switch (event?.type) {
    case 'StatementMade':
      return handleMade(state, batch, folds, prepared, event);
    case 'StatementCorrected':
      return handleCorrected(state, batch, folds, prepared, event);
    case 'StatementRetracted':
      return handleRetracted(state, batch, folds, event);
    case 'ActorRegistered':
    case 'ActorRevised':
      return handleActor(batch, named(state.actors.get(event.data.actorId)), event);
    case 'ActorAliasAdded':
      return handleAlias(batch, named(state.actors.get(event.data.actorId)), event);
    case 'PropositionDefined':
    case 'PropositionRevised':
      return handleProposition(batch, named(state.propositions.get(event.data.propositionId)), event);
    case 'ActorMerged':
    case 'ActorUnmerged':
    case 'MembershipRecorded':
    case 'PropositionRelated':
    case 'TopicDefined':
      return handleRegistry(state, batch, folds, event);
    case undefined:
      return undefined;
  }
};

/**
 * Applies one event to the batch, or parks it. A stream's next revision applies, a lower one was applied before and is
 * ignored, a higher one shows a gap: nothing of a stream is ever skipped.
 *
 * Handlers throw before they write anything, so that an event that fails leaves nothing behind.
 */
export const handleEvent = (
  state: ProjectionState,
  batch: Batch,
  folds: HistoryFolds,
  prepared: PreparedEvent,
): void => {
  const { revision, stream } = prepared.stored;
  const last = lastRevision(state, batch, prepared);
  if (revision <= last) {
    batch.ignored += 1;
    return;
  }
  if (state.parkedStreams.size > 0 && state.parkedStreams.has(stream)) {
    return park(state, batch, folds, prepared, {
      code: 'stream-parked',
      message: `an earlier event of ${stream} is parked`,
    });
  }
  if (prepared.poison !== null) return park(state, batch, folds, prepared, prepared.poison);
  if (revision > last + 1) {
    const message = `revision ${String(revision)} of ${stream} came after ${String(last)}`;
    return park(state, batch, folds, prepared, { code: 'revision-gap', message });
  }
  try {
    handle(state, batch, folds, prepared);
    batch.applied += 1;
  } catch (error) {
    park(state, batch, folds, prepared, poisonOf(error));
  }
};
