import type { EventSkipped } from '@stance/contracts';
import type { StoredEvent } from '@stance/event-store';
import type { ParkedState } from '@stance/read-model';

import type { Batch } from '../batch.ts';
import type { MakingContext } from '../make-batch.ts';
import { handleAgain } from './handle-again.ts';

/** The parked events that a skip is about; none where what it names is not the first one parked of its stream. */
const skippedOf = (parked: readonly ParkedState[], { data }: EventSkipped): readonly ParkedState[] => {
  const [first] = parked;
  if (first?.revision !== data.revision || first.eventId !== data.eventId) return [];
  return data.wholeStream === true ? parked : [first];
};

/**
 * Handles an `EventSkipped`: the event that it names counts as handled with nothing, and the rest of its stream is handled
 * again. Where the stream of the skip itself is parked that is no hindrance: it may be what it is about.
 */
export const skippedBy = async (context: MakingContext, stored: StoredEvent, skip: EventSkipped): Promise<Batch> => {
  const { state, lookups } = context;
  const { stream, revision, wholeStream = false, reason } = skip.data;
  const parked = state.parkedStreams.has(stream) ? await lookups.parkedEvents(stream) : [];
  const skipped = skippedOf(parked, skip);
  if (skipped.length > 0) state.skips.set(stream, { stream, revision, wholeStream });
  const batch = await handleAgain({
    ...context,
    stream,
    parked: skipped.length > 0 ? parked : [],
    from: skipped.length > 0 && !wholeStream ? revision + 1 : Infinity,
    next: stored,
  });
  // Each event counts once: those that were parked were counted when they came.
  batch.ignored += skipped.length;
  if (skipped.length > 0) batch.parked -= parked.length;
  for (const { position, revision: at, history, eventId } of skipped) {
    const whole = wholeStream ? 1 : 0;
    batch.rows.insert('skipped', [position, stream, at, history, eventId, whole, stored.position, reason]);
  }
  return batch;
};
