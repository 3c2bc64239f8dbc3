import type { EventLog } from './event-store.ts';

/**
 * The id of the first event of a log, which tells it from every other one, and stays whatever the log is put back to;
 * `null` where it is empty.
 *
 * @throws EventStoreError
 */
export const firstEventId = async (log: Pick<EventLog, 'readAll'>): Promise<string | null> => {
  for (let after = 0; ;) {
    // A page may hold nothing although more follows.
    const { events, position } = await log.readAll({ after, limit: 1 });
    if (events[0] !== undefined || position === after) return events[0]?.id ?? null;
    after = position;
  }
};
