import type { LinkedEvent, Watermark } from '@stance/distribution';
import type { EventPage } from '@stance/event-store';
import type { RelayCheckpoint } from '@stance/relay-state';

/** What goes out in one send, and where the checkpoint is after it. */
export interface Batch {
  readonly events: readonly LinkedEvent[];
  readonly next: RelayCheckpoint;
}

/** Links the events of a page to each other, and the first of them to the last one before the page. */
export const link = (checkpoint: RelayCheckpoint, page: EventPage): Batch => {
  let { lastEvent, count, recordedAt } = checkpoint;
  const events = page.events.map((event): LinkedEvent => {
    const previous = lastEvent;
    lastEvent = event.position;
    count += 1;
    // The stamp of a later event can be lower, where many write at once.
    recordedAt = Math.max(recordedAt, event.recordedAt);
    return { event, previous, count };
  });
  return { events, next: { position: page.position, lastEvent, count, recordedAt } };
};

export const watermarkOf = ({ position, count, recordedAt }: RelayCheckpoint): Watermark => ({
  position,
  count,
  recordedAt,
});
