/** Makes an event store of votes at `--out`, in one of the shapes. */
import { randomUUID } from 'node:crypto';

import { openSqliteEventStore } from '@stance/event-store/sqlite';

import { readArguments } from './arguments.ts';
import { eventsOf } from './shapes.ts';

const { votes, rows, shape, out } = readArguments();
if (out === undefined) throw new Error('--out FILE: where to put the events');

const store = await openSqliteEventStore({ path: out });
const metadata = { correlationId: randomUUID() };
let requests: Parameters<typeof store.append>[0][number][] = [];

const append = async (): Promise<void> => {
  const results = await store.append(requests);
  if (results.some(({ outcome }) => outcome !== 'appended')) throw new Error('an event was not appended');
  requests = [];
};

for await (const { stream, ...event } of eventsOf(votes, rows, shape)) {
  requests.push({ stream, expectedRevision: -1, events: [{ id: randomUUID(), metadata, ...event }] });
  if (requests.length === 1000) await append();
}
await append();
await store.close();
