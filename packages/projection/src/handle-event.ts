import type { Batch } from './batch.ts';
import { handleActor, handleAlias } from './handle-actor.ts';
import { handleProposition } from './handle-proposition.ts';
import { handleRegistry } from './handle-registry.ts';
import { handleCorrected, handleMade, handleRetracted } from './handle-statement.ts';
import type { HistoryFolds } from './history-folds.ts';
import { poisonOf } from './poison.ts';
import type { Poison } from './poison.ts';
import type { SkipsAhead } from './parked/skips-ahead.ts';
import type { PreparedEvent } from './prepared-event.ts';
import type { ActorWork, ProjectionState, PropositionWork } from './state.ts';

/** The revision of the last event of the stream that was applied; -1 where there is none. */
const lastApplied = (state: ProjectionState, batch: Batch, { stream }: PreparedEvent): number => {
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
const mergedBy = ({ stream, event, actor, others }: PreparedEvent): readonly string[] => {
  const merges = event === null || event.type === 'ActorMerged' || event.type === 'ActorUnmerged';
  if (stream.kind !== 'registry' || !merges) return [];
  const actors = others.filter(({ kind }) => kind === 'actor').map(({ id }) => id);
  return [...new Set(actor === null ? actors : [actor, ...actors])];
};

/** The revision of the last event of the stream that is done with: applied, or counting for nothing. */
const lastRevision = (state: ProjectionState, batch: Batch, prepared: PreparedEvent): number => {
  const applied = lastApplied(state, batch, prepared);
  const skip = state.skips.size === 0 ? undefined : state.skips.get(prepared.stored.stream);
  if (skip === undefined) return applied;
  return skip.wholeStream ? Infinity : Math.max(applied, skip.revision);
};

const park = (
  { state, batch, folds, skipsAhead, onPoison }: HandlingContext,
  prepared: PreparedEvent,
  { code, message, detail }: Poison,
): void => {
  const { id, position, stream, revision, type, schemaVersion, recordedAt, data } = prepared.stored;
  // What will be skipped is known, and needs nobody's attention.
  const isNews = !state.parkedStreams.has(stream) && !skipsAhead.has(prepared.stored);
  if (isNews) onPoison?.({ id, position, stream, revision, type, code, message });
  const history = prepared.history ?? batch.statements.get(prepared.stream.id)?.history ?? null;
  const actors = mergedBy(prepared);
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
    actors.length === 0 ? null : JSON.stringify(actors),
    id,
    schemaVersion,
    data,
    detail ?? null,
  ]);
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
    case 'EventSkipped':
      return handleRegistry(state, batch, folds, event);
    case undefined:
      return undefined;
  }
};

/** The first event of a stream that is parked. */
export interface PoisonEvent extends Poison {
  readonly id: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
}

/** What events are handled in. */
export interface HandlingContext {
  readonly state: ProjectionState;
  readonly batch: Batch;
  readonly folds: HistoryFolds;
  /** The skips further on in the log. */
  readonly skipsAhead: SkipsAhead;
  /** Hears of an event before it is parked, and may throw: then nothing is written. */
  readonly onPoison?: ((event: PoisonEvent) => void) | undefined;
}

/**
 * Applies one event to the batch, or parks it. A stream's next revision applies, a lower one was applied before and is
 * ignored, a higher one shows a gap: nothing of a stream is ever skipped.
 *
 * Handlers throw before they write anything, so that an event that fails leaves nothing behind.
 */
export const handleEvent = (context: HandlingContext, prepared: PreparedEvent): void => {
  const { state, batch, folds, skipsAhead } = context;
  const { revision, stream } = prepared.stored;
  const last = lastRevision(state, batch, prepared);
  if (revision <= last) {
    batch.ignored += 1;
    return;
  }
  if (state.parkedStreams.size > 0 && state.parkedStreams.has(stream)) {
    return park(context, prepared, {
      code: 'stream-parked',
      message: `an earlier event of ${stream} is parked`,
    });
  }
  if (prepared.poison !== null) return park(context, prepared, prepared.poison);
  if (revision > last + 1) {
    const message = `revision ${String(revision)} of ${stream} came after ${String(last)}`;
    return park(context, prepared, { code: 'revision-gap', message });
  }
  if (skipsAhead.has(prepared.stored)) {
    const message = `revision ${String(revision)} of ${stream} counts for nothing, by an event that comes later`;
    return park(context, prepared, { code: 'skipped-later', message });
  }
  try {
    handle(state, batch, folds, prepared);
    batch.applied += 1;
  } catch (error) {
    park(context, prepared, poisonOf(error));
  }
};
