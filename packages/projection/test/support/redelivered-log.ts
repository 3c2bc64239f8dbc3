import type { EventLog, StoredEvent } from '@stance/event-store';

/** A log that delivers these events in this order, duplicates included, at positions of its own. */
export const logOf = (events: readonly StoredEvent[]): Pick<EventLog, 'readAll'> => ({
  readAll: ({ after, limit }) => {
    // Stamps never fall along a log.
    const page = events.slice(after, after + limit).map((event, index) => ({
      ...event,
      position: after + index + 1,
      recordedAt: 1_790_000_000_000 + after + index,
    }));
    return Promise.resolve({ events: page, position: after + page.length });
  },
});
