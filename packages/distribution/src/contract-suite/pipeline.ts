import { randomUUID } from 'node:crypto';

import type { EventStore, NewEvent, StoredEvent } from '@stance/event-store';

import type { DistributionWriter, LinkedEvent } from '../distribution.ts';
import { manyHolders, markBehind } from './events.ts';

export function newEvent(type: string, data: object): NewEvent {
  return { id: randomUUID(), type, schemaVersion: 1, data: JSON.stringify(data), metadata: { correlationId: 'c' } };
}

/** Appends so many statements of many holders. */
export async function appendTo(store: EventStore, count: number): Promise<void> {
  const requests = Array.from({ length: count }, (_, index) => ({
    stream: `statement-${randomUUID()}`,
    expectedRevision: -1,
    events: [newEvent('StatementMade', { statement: { holder: manyHolders[index % manyHolders.length] } })],
  }));
  await store.append(requests);
}

export async function readAllOf(store: EventStore): Promise<readonly StoredEvent[]> {
  return (await store.readAll({ after: 0, limit: 100_000 })).events;
}

/** The least that a relay is: it starts after so many events, and links what it sends. */
export function relayAll(store: EventStore, writer: DistributionWriter, from = 0) {
  let sent = from;
  return {
    async toTheEnd(): Promise<void> {
      const log = await readAllOf(store);
      const links = log.map((event, index) => ({ event, previous: log[index - 1]?.position ?? 0, count: index + 1 }));
      do {
        const batch: LinkedEvent[] = links.slice(sent, sent + 100);
        await writer.send(batch, markBehind(links.slice(0, sent + batch.length)));
        sent += batch.length;
      } while (sent < links.length);
    },
    close: () => writer.close(),
  };
}
