import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import type { AppendRequest } from '@stance/event-store';

import { simulatorForTest, storeForTest } from './servers.ts';

const request = (stream: string, expectedRevision = -1): AppendRequest => ({
  stream,
  expectedRevision,
  events: [
    { id: randomUUID(), type: 'StatementMade', schemaVersion: 1, data: '{}', metadata: { correlationId: 'c' } },
    { id: randomUUID(), type: 'StatementMade', schemaVersion: 1, data: '{}', metadata: { correlationId: 'c' } },
  ],
});

describe('an append to EventStoreDB (simulator)', () => {
  for (const fault of ['drop-after', 'silent-after', 'timeout-after'] as const) {
    it(`is there once where its answer is lost (${fault})`, async () => {
      const simulator = await simulatorForTest();
      const store = await storeForTest(simulator, fault.startsWith('silent') ? { deadlineMs: 1000 } : {});
      simulator.faults.meetNext('append', fault);
      expect(await store.append([request('a')])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
      expect(await store.readStream('a')).toHaveLength(2);
      expect(simulator.faults.waiting()).toBe(0);
    });
  }

  for (const fault of ['drop-before', 'silent-before', 'not-leader', 'not-ready', 'internal'] as const) {
    it(`is sent again where it did not take effect (${fault})`, async () => {
      const simulator = await simulatorForTest();
      const store = await storeForTest(simulator, fault.startsWith('silent') ? { deadlineMs: 1000 } : {});
      simulator.faults.meetNext('append', fault, fault);
      expect(await store.append([request('a')])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
      expect(await store.readStream('a')).toHaveLength(2);
      expect(simulator.faults.waiting()).toBe(0);
    });
  }

  it('is answered by reading back where no attempt is, though one took effect', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator, { attempts: 3 });
    simulator.faults.meetNext('append', 'drop-after', 'not-ready', 'not-ready');
    const [result] = await store.append([request('a')]);
    expect(result).toMatchObject({ outcome: 'appended', revision: 1, position: await store.head() });
    expect(await store.readStream('a')).toHaveLength(2);
  });

  it('of unknown outcome says so, and the same request sent again is there once', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator, { attempts: 2 });
    const again = request('a');
    simulator.faults.meetNext('append', 'not-ready', 'not-ready');
    await expect(store.append([again])).rejects.toMatchObject({ code: 'event-store-unavailable', retryable: true });
    expect(await store.append([again])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
    expect(await store.append([again])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
    expect(await store.readStream('a')).toHaveLength(2);
  });

  it('whose answer is lost still loses to nobody: another request gets the wrong revision', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    simulator.faults.meetNext('append', 'drop-after');
    const [first, second] = await Promise.all([store.append([request('a')]), store.append([request('a')])]);
    expect(first).toMatchObject([{ outcome: 'appended', revision: 1 }]);
    expect(second).toEqual([{ outcome: 'wrong-revision', actualRevision: 1 }]);
  });

  it('is one of many: a connection that breaks under all of them loses none and doubles none', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    simulator.faults.meetNext('append', 'drop-before', 'drop-after', 'drop-after');
    const results = await Promise.all(Array.from({ length: 200 }, (_, index) => store.append([request(`s-${index}`)])));
    expect(results.flat().every(({ outcome }) => outcome === 'appended')).toBe(true);
    const { events } = await store.readAll({ after: 0, limit: 1000 });
    expect(new Set(events.map(({ id }) => id)).size).toBe(400);
    expect(events).toHaveLength(400);
  });

  it('goes on when a server that was away is back', async () => {
    const simulator = await simulatorForTest();
    let rests = 0;
    const store = await storeForTest(simulator, {
      attempts: 100,
      rest: async () => {
        rests += 1;
        if (rests === 3) await simulator.comeBack();
        // gRPC itself waits for a second before it tries a host again that refused it.
        await delay(50);
      },
    });
    await simulator.goAway();
    expect(await store.append([request('a')])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
  });

  it('goes over another client after a failure that this one would not connect anew for, and stays with one that can', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    simulator.faults.meetNext('append', 'internal', 'not-leader');
    await store.append([request('a')]);
    await store.append([request('b')]);
    const [first, second, third, fourth] = simulator.appendingClients;
    expect(second).not.toBe(first);
    expect([third, fourth]).toEqual([second, second]);
  });

  it('never goes through the table of batch appends, which the server offers', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    await store.append([request('a'), request('b')]);
    expect(simulator.batchAppends()).toBe(0);
  });

  it('that is too large, or to a stream that was deleted, is refused for good', async () => {
    const simulator = await simulatorForTest({ maxAppendSize: 3 });
    const store = await storeForTest(simulator);
    await expect(store.append([request('a')])).rejects.toMatchObject({
      code: 'event-store-too-large',
      retryable: false,
    });
    simulator.log.tombstone('gone');
    await expect(store.append([{ ...request('gone'), events: request('gone').events.slice(1) }])).rejects.toMatchObject(
      {
        code: 'event-store-stream-deleted',
        retryable: false,
      },
    );
    expect(await store.readStream('gone')).toEqual([]);
    expect(await store.readAll({ after: 0, limit: 10 })).toMatchObject({ events: [] });
  });
});
