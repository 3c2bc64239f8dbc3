import type { EventLog, StoredEvent } from '@stance/event-store';
import type { ParkedState, ReadModelWriter } from '@stance/read-model';

import type { Batch } from '../batch.ts';
import { handleEvent } from '../handle-event.ts';
import type { HandlingContext } from '../handle-event.ts';
import { loadBatch } from '../load-batch.ts';
import { prepareEvent } from '../prepared-event.ts';
import { createNotedFolds } from './noted-folds.ts';
import { settleHistories } from './settle-histories.ts';
import { settleVersions } from './settle-versions.ts';

export interface HandleAgainOptions extends Omit<HandlingContext, 'batch' | 'folds'> {
  readonly source: Pick<EventLog, 'readStream'>;
  readonly lookups: ReadModelWriter;
  readonly stream: string;
  /** The parked events of the stream. */
  readonly parked: readonly ParkedState[];
  /** The first revision to handle; none where it is infinite. */
  readonly from: number;
  /** What comes right after them in the log, and is handled with them. */
  readonly next?: StoredEvent;
}

const eventsAPage = 500;

/** The events of the stream up to where the read model is: what stands behind is yet to come. */
const passedEvents = async ({
  source,
  state,
  stream,
  from,
  parked,
}: Pick<HandleAgainOptions, 'source' | 'state' | 'stream' | 'from' | 'parked'>): Promise<StoredEvent[]> => {
  const { position } = state.checkpoint;
  if (!Number.isFinite(from)) return [];
  const stamps = new Map(parked.map((event) => [event.position, event.recordedAt]));
  const passed: StoredEvent[] = [];
  for (let at = from; ; at += eventsAPage) {
    const page = await source.readStream(stream, { from: at, limit: eventsAPage });
    for (const event of page) {
      if (event.position > position) return passed;
      // The stamp that counts is the one under which it was parked.
      passed.push({ ...event, recordedAt: stamps.get(event.position) ?? event.recordedAt });
    }
    if (page.length < eventsAPage) return passed;
  }
};

/**
 * Handles the events of a parked stream again, in their order, as if each had been handled in its place: the rows are those
 * that a read model has which was made of the same events by a program that could handle them at once. What still cannot be
 * handled is parked again, for the reason that it has now.
 */
export const handleAgain = async (options: HandleAgainOptions): Promise<Batch> => {
  const { state, lookups, stream, parked, next } = options;
  const late = await passedEvents(options);
  const prepared = [...late, ...(next === undefined ? [] : [next])].map(prepareEvent);
  const batch = await loadBatch(state, lookups, prepared);
  const noted = createNotedFolds();
  const context = { ...options, batch, folds: noted };
  if (parked.length > 0) state.parkedStreams.delete(stream);
  for (const { position } of parked) batch.rows.remove('parked', [position]);
  for (const event of prepared) handleEvent(context, event);
  await settleVersions(batch, lookups);
  const at = next?.position ?? state.checkpoint.position;
  await settleHistories({ state, batch, writer: lookups, noted, at });
  return batch;
};
