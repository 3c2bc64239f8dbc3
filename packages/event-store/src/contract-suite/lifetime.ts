import { describe, expect, it } from 'vitest';

import { newEvents, readWholeLog, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';
import { appendInOrder, type Promises } from './promises.ts';

export function describeLifetime(open: OpenEventStore, promises: Promises): void {
  describe('a closed store', () => {
    it('answers every call with event-store-closed', async () => {
      const { store } = await openForTest(open);
      await store.close();
      const closed = { name: 'EventStoreError', code: 'event-store-closed', retryable: false };
      await expect(store.append([request('a', -1)])).rejects.toMatchObject(closed);
      await expect(store.readStream('a')).rejects.toMatchObject(closed);
      await expect(store.readAll({ after: 0, limit: 1 })).rejects.toMatchObject(closed);
      await expect(store.head()).rejects.toMatchObject(closed);
    });

    it('may be closed again', async () => {
      const { store } = await openForTest(open);
      await Promise.all([store.close(), store.close()]);
      await expect(store.close()).resolves.toBeUndefined();
    });

    it('has finished what was handed in before', async () => {
      const { store } = await openForTest(open);
      const appends = Array.from({ length: 100 }, (_, index) => store.append([request(`s-${index}`, -1)]));
      await store.close();
      expect((await Promise.all(appends)).flat().every(({ outcome }) => outcome === 'appended')).toBe(true);
    });
  });

  describe('a reopened store', () => {
    it('holds all that was acknowledged and goes on after it', async (context) => {
      const { store, reopen } = await openForTest(open);
      if (reopen === undefined) return context.skip('nothing outlives the handle');
      const first = request('a', -1, newEvents(2));
      await appendInOrder(store, [first, request('b', -1)], promises);
      const before = await readWholeLog(store);
      const reopened = await reopen();
      expect(await readWholeLog(reopened)).toEqual(before);
      expect(await reopened.head()).toBe(3);
      expect(await reopened.append([first, request('b', 0), request('b', 0)])).toEqual([
        { outcome: 'appended', revision: 1, position: 2 },
        { outcome: 'appended', revision: 1, position: 4 },
        { outcome: 'wrong-revision', actualRevision: 1 },
      ]);
    });
  });
}
