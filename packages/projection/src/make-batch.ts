import { randomUUID } from 'node:crypto';

import type { Method } from '@stance/domain';
import type { EventLog, StoredEvent } from '@stance/event-store';
import type { ReadModelWriter, WriteBatch } from '@stance/read-model';

import type { Batch } from './batch.ts';
import { withEffectiveStamps } from './effective-stamps.ts';
import { handleEvent } from './handle-event.ts';
import type { PoisonEvent } from './handle-event.ts';
import { createHistoryFolds } from './history-folds.ts';
import { loadBatch } from './load-batch.ts';
import { handleAgain } from './parked/handle-again.ts';
import type { SkipsAhead } from './parked/skips-ahead.ts';
import { skippedBy } from './parked/skip.ts';
import { prepareEvent } from './prepared-event.ts';
import type { ProjectionState } from './state.ts';
import { writeHistories } from './write-histories.ts';
import { writePointers } from './write-pointers.ts';

/** What a batch is made in. */
export interface MakingContext {
  readonly source: Pick<EventLog, 'readStream'>;
  readonly state: ProjectionState;
  readonly lookups: ReadModelWriter;
  readonly method: Method;
  /** Where given, histories that have to be folded anew are noted here and not folded. */
  readonly deferred: Set<number> | null;
  readonly skipsAhead: SkipsAhead;
  readonly onPoison?: ((event: PoisonEvent) => void) | undefined;
}

/** What a part of a page comes to, not written yet. */
export interface MadeBatch {
  readonly batch: Batch;
  readonly write: WriteBatch;
}

/** Handles events in their order. A skip is a part by itself: with it, what it is about is handled again. */
const handleAll = async (context: MakingContext, events: readonly StoredEvent[]): Promise<Batch> => {
  const { state, lookups, method } = context;
  const prepared = events.map(prepareEvent);
  const [first] = prepared;
  if (first?.event?.type === 'EventSkipped') {
    const { stored, event } = first;
    return skippedBy(context, stored, event);
  }
  const batch = await loadBatch(state, lookups, prepared);
  const folds = createHistoryFolds({ state, batch, method });
  for (const event of prepared) handleEvent({ ...context, batch, folds }, event);
  return batch;
};

const writeOut = async ({ state, lookups, method, deferred }: MakingContext, batch: Batch): Promise<void> => {
  await writeHistories({ state, writer: lookups, method }, batch, deferred);
  writePointers(batch);
  for (const history of batch.gone.keys()) state.histories.delete(history);
  state.actors.trim();
  state.propositions.trim();
  state.histories.trim();
};

/** Makes what the next events come to. */
export const makeBatch = async (
  context: MakingContext,
  { events: stored, position }: { readonly events: readonly StoredEvent[]; readonly position: number },
): Promise<MadeBatch> => {
  const { state } = context;
  const { checkpoint } = state;
  const events = withEffectiveStamps(stored, checkpoint.recordedAt);
  const batch = await handleAll(context, events);
  const last = events.at(-1);
  const recordedAt = last?.recordedAt ?? checkpoint.recordedAt;
  for (const [index, { recordedAt: stamp, position: at }] of events.entries()) {
    if (events[index + 1]?.recordedAt !== stamp) batch.rows.put('recorded', [stamp, at]);
  }
  await writeOut(context, batch);
  state.checkpoint = { ...checkpoint, position, recordedAt };
  const write: WriteBatch = {
    after: checkpoint.position,
    position,
    recordedAt,
    ...(last === undefined ? {} : { lastEvent: { id: last.id, stream: last.stream, revision: last.revision } }),
    ...batch.rows.collected(),
  };
  return { batch, write };
};

/** Makes what the events of a parked stream come to when they are handled again; `null` where it is not parked. */
export const makeRetry = async (context: MakingContext, stream: string): Promise<MadeBatch | null> => {
  const { state, lookups } = context;
  const parked = await lookups.parkedEvents(stream);
  const [first] = parked;
  if (first === undefined) return null;
  // What is missing may be there by now.
  const from = first.code === 'revision-gap' ? 0 : first.revision;
  const batch = await handleAgain({ ...context, stream, parked, from });
  await writeOut(context, batch);
  const { position, recordedAt } = state.checkpoint;
  // What was said of positions passed before is not so any more: neither what was published of them, nor what others know.
  const generation = batch.applied === 0 ? undefined : randomUUID();
  if (generation !== undefined) state.checkpoint = { ...state.checkpoint, generation };
  const write: WriteBatch = {
    after: position,
    position,
    recordedAt,
    ...(generation === undefined ? {} : { generation }),
    ...batch.rows.collected(),
  };
  return { batch, write };
};
