import { readFileSync } from 'node:fs';

import type { EventStore, StoredEvent } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { z } from 'zod';

const storedSchema = z.strictObject({
  position: z.int(),
  stream: z.string(),
  revision: z.int(),
  id: z.string(),
  type: z.string(),
  schemaVersion: z.int(),
  recordedAt: z.int(),
  data: z.string(),
  metadata: z.strictObject({
    correlationId: z.string(),
    traceparent: z.string().exactOptional(),
    recordedBy: z.string().exactOptional(),
    batchId: z.string().exactOptional(),
  }),
});

/** The lines of a file of the golden log, without their ends. */
export const linesOf = (file: 'log.ndjson' | 'log.sha256'): readonly string[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .slice(0, -1);

/** The golden log: events as they were once written, in all versions, with one story through all of them. */
export const goldenLog: readonly StoredEvent[] = linesOf('log.ndjson').map((line) =>
  storedSchema.parse(JSON.parse(line)),
);

/** The position after which the first events of version 2 were written. */
export const lastOfVersion1 = 34;

/** A store that holds the golden log, or what it was once: every event with the id, the place and the stamp that it had. */
export const storeOf = async (events: readonly StoredEvent[] = goldenLog): Promise<EventStore> => {
  let now = 0;
  const store = createMemoryEventStore({ clock: () => now });
  for (const { position: _, stream, revision, recordedAt, ...event } of events) {
    now = recordedAt;
    await store.append([{ stream, expectedRevision: revision - 1, events: [event] }]);
  }
  return store;
};
