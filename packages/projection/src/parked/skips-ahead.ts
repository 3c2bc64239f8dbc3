import { decodeEvent, registryStream } from '@stance/contracts';
import type { EventSkipped } from '@stance/contracts';
import type { EventLog, StoredEvent } from '@stance/event-store';

/**
 * The skips that stand further on in the log than the read model is. What they are about is parked until they come, also
 * where this program could handle it by now: whoever makes the read model anew comes to what those have who were there.
 */
export interface SkipsAhead {
  /** Whether an event will count for nothing. */
  has(event: Pick<StoredEvent, 'stream' | 'revision' | 'id' | 'position'>): boolean;
}

const eventsAPage = 1000;

const skipIn = (stored: StoredEvent): EventSkipped | null => {
  if (stored.type !== 'EventSkipped') return null;
  try {
    const event = decodeEvent(stored);
    return event.type === 'EventSkipped' ? event : null;
  } catch {
    // It will be parked itself.
    return null;
  }
};

/** @throws EventStoreError */
export const readSkipsAhead = async (
  source: Pick<EventLog, 'readStream'>,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<SkipsAhead> => {
  const ahead = new Map<string, number>();
  for (let from = 0; ; from += eventsAPage) {
    const page = await source.readStream(registryStream, { from, limit: eventsAPage });
    for (const stored of page) {
      if (stored.position <= after || stored.position > upTo) continue;
      const skip = skipIn(stored);
      if (skip !== null) ahead.set(skip.data.eventId, stored.position);
    }
    if (page.length < eventsAPage) break;
  }
  return { has: ({ id, position }) => ahead.size > 0 && (ahead.get(id) ?? 0) > position };
};
