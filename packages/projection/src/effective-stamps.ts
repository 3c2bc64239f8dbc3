import type { StoredEvent } from '@stance/event-store';

/**
 * The events under the stamps that count: the running maximum along the log, since what stands at a position was not
 * known before what stands at a lower one. Where many write at once, stamps can go back.
 *
 * @param before the effective stamp of the event before them, in milliseconds since the epoch.
 */
export const withEffectiveStamps = (events: readonly StoredEvent[], before: number): readonly StoredEvent[] => {
  let latest = before;
  return events.map((event) => {
    if (event.recordedAt < latest) return { ...event, recordedAt: latest };
    latest = event.recordedAt;
    return event;
  });
};
