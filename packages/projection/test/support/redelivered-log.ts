import type { StoredEvent } from '@stance/event-store';
import type { ProjectedLog } from '@stance/projection';

/** A log that delivers these events in this order, duplicates included, at positions of its own. */
export const logOf = (events: readonly StoredEvent[]): ProjectedLog => {
  // Stamps never fall along a log.
  const delivered = events.map((event, index) => ({
    ...event,
    position: index + 1,
    recordedAt: 1_790_000_000_000 + index,
  }));
  return {
    readAll: ({ after, limit }) => {
      const page = delivered.slice(after, after + limit);
      return Promise.resolve({ events: page, position: after + page.length });
    },
    readStream: (stream, { from = 0, limit } = {}) =>
      Promise.resolve(delivered.filter((event) => event.stream === stream && event.revision >= from).slice(0, limit)),
  };
};
