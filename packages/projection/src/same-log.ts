import type { EventLog } from '@stance/event-store';
import { ReadModelError } from '@stance/read-model';
import type { ReadModelWriter } from '@stance/read-model';

const advice =
  'Put the event store back that it was made from, or take the read model away, so that it is made anew from this one.';

/**
 * Sees that the log is the one that the read model was made from, as far as it has passed it. An event store put back to
 * an older state would else be followed in silence, and what it records next be taken for known. The last event is looked
 * for in its stream: in the log it is found by its position only where positions are counted.
 *
 * @throws ReadModelError `read-model-of-another-log`, EventStoreError.
 */
export const checkSameLog = async (
  source: Pick<EventLog, 'readStream'>,
  writer: Pick<ReadModelWriter, 'checkpoint' | 'lastEvent'>,
): Promise<void> => {
  const last = await writer.lastEvent();
  if (last === null) return;
  const { id, stream, revision } = last;
  const { position, recordedAt } = await writer.checkpoint();
  const [event] = await source.readStream(stream, { from: revision, limit: 1 });
  if (event?.id === id && event.position <= position) return;
  const found =
    event === undefined
      ? 'the event store has no such event'
      : `the event store has another event there (of ${new Date(event.recordedAt).toISOString()})`;
  throw new ReadModelError(
    'read-model-of-another-log',
    `the read model has passed position ${String(position)} (of ${new Date(recordedAt).toISOString()}), the last event ` +
      `revision ${String(revision)} of ${stream}, but ${found}: it was put back to an older state, or it is another one. ` +
      advice,
  );
};
