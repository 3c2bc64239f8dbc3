import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import type { EventStoreDb, Followed } from '@stance/event-store/eventstoredb';

import { freshPrefix, simulatorForTest, storeForTest } from './servers.ts';

const realServer = process.env['EVENTSTORE_TEST_URL'];

const request = (stream: string, count: number) => ({
  stream,
  expectedRevision: -1,
  events: Array.from({ length: count }, () => ({
    id: randomUUID(),
    type: 'Happened',
    schemaVersion: 1,
    data: '{}',
    metadata: { correlationId: 'c' },
  })),
});

/** What is given after a position, up to and with the first that says it has caught up. */
async function upToNow(store: EventStoreDb, after: number): Promise<Followed[]> {
  const taken: Followed[] = [];
  for await (const said of store.follow({ after })) {
    if (said.kind !== 'checkpoint') taken.push(said);
    if (said.kind === 'caught-up') break;
  }
  return taken;
}

describe.each([
  { name: 'simulator', url: undefined },
  { name: 'real server', url: realServer },
])('what the adapter takes for granted of EventStoreDB ($name)', ({ name, url }) => {
  const open = async () => {
    const server = name === 'simulator' ? await simulatorForTest() : { url: url ?? '' };
    return storeForTest(server, { streamPrefix: freshPrefix() });
  };

  describe.skipIf(name === 'real server' && url === undefined)('is so', () => {
    it('a request of several events is answered with the position of the last, also when it is sent again', async () => {
      const store = await open();
      const several = request('a', 3);
      const [result] = await store.append([several]);
      const positions = (await store.readStream('a')).map(({ position }) => position);
      expect(result).toEqual({ outcome: 'appended', revision: 2, position: positions[2] });
      expect(new Set(positions).size).toBe(3);
      expect(await store.append([several])).toEqual([result]);
    });

    it('positions with a stream are those with the log', async () => {
      const store = await open();
      await store.append([request('a', 3)]);
      const { events } = await store.readAll({ after: 0, limit: 100_000 });
      expect(await store.readStream('a')).toEqual(events);
    });

    it('a subscription begins right after its position, and says when it has caught up', async () => {
      const store = await open();
      await store.append([request('a', 3)]);
      const events = await store.readStream('a');
      const given = (from: number) => events.slice(from).map((event) => ({ kind: 'event', event }));
      const caughtUp = { kind: 'caught-up', position: events[2]?.position };
      expect(await upToNow(store, 0)).toEqual([...given(0), caughtUp]);
      expect(await upToNow(store, events[0]?.position ?? 0)).toEqual([...given(1), caughtUp]);
      expect(await upToNow(store, events[2]?.position ?? 0)).toEqual([caughtUp]);
    });
  });
});
