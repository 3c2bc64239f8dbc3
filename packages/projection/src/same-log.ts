import type { EventLog } from '@stance/event-store';
import { ReadModelError } from '@stance/read-model';
import type { Checkpoint } from '@stance/read-model';

const advice =
  'Put the event store back that it was made from, or take the read model away, so that it is made anew from this one.';

/**
 * Sees that the log is the one that the read model was made from, as far as it has passed it. An event store put back to
 * an older state would else be followed in silence, and what it records next be taken for known.
 *
 * @throws ReadModelError `read-model-of-another-log`, EventStoreError.
 */
export const checkSameLog = async (
  source: Pick<EventLog, 'readAll'>,
  { position, recordedAt }: Checkpoint,
): Promise<void> => {
  if (position === 0) return;
  const { events } = await source.readAll({ after: position - 1, limit: 1 });
  const [event] = events;
  if (event?.position === position && event.recordedAt === recordedAt) return;
  const found =
    event?.position === position
      ? `the event store has another event there (of ${new Date(event.recordedAt).toISOString()})`
      : 'the event store ends before that';
  throw new ReadModelError(
    'read-model-of-another-log',
    `the read model has passed position ${String(position)} (of ${new Date(recordedAt).toISOString()}), but ${found}: ` +
      `it was put back to an older state, or it is another one. ${advice}`,
  );
};
