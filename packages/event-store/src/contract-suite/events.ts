import { randomUUID } from 'node:crypto';

import type { AppendRequest, EventStore, NewEvent, StoredEvent } from '../event-store.ts';

export function newEvent(parts: Partial<NewEvent> = {}): NewEvent {
  return {
    id: randomUUID(),
    type: 'SomethingHappened',
    schemaVersion: 1,
    data: '{"what":"something"}',
    metadata: { correlationId: randomUUID() },
    ...parts,
  };
}

export function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, () => newEvent());
}

export function request(
  stream: string,
  expectedRevision: number,
  events: readonly NewEvent[] = [newEvent()],
): AppendRequest {
  return { stream, expectedRevision, events };
}

/** The whole log, read in pages. */
export async function readWholeLog(store: EventStore, limit = 1000): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  let after = 0;
  for (;;) {
    const page = await store.readAll({ after, limit });
    events.push(...page.events);
    if (page.position === after) return events;
    after = page.position;
  }
}

/** The position the first event of a log gets, and so on: 1, 2, 3 … */
export function positionsOf(events: readonly StoredEvent[]): number[] {
  return events.map(({ position }) => position);
}
