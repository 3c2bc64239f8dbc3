import { describe, expect, it } from 'vitest';

import { newEvent, newEvents, positionsOf, readWholeLog, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';
import type { Promises } from './promises.ts';

export function describeAppending(open: OpenEventStore, promises: Promises): void {
  describe('appending', () => {
    it('starts a stream at revision 0 and the log at position 1', async () => {
      const { store } = await openForTest(open);
      expect(await store.append([request('a', -1)])).toEqual([{ outcome: 'appended', revision: 0, position: 1 }]);
    });

    it('goes on in a stream whose revision is the expected one', async () => {
      const { store } = await openForTest(open);
      await store.append([request('a', -1, newEvents(2))]);
      expect(await store.append([request('a', 1)])).toEqual([{ outcome: 'appended', revision: 2, position: 3 }]);
    });

    it('answers with revision and position of the last event of a request', async () => {
      const { store } = await openForTest(open);
      expect(await store.append([request('a', -1, newEvents(3))])).toEqual([
        { outcome: 'appended', revision: 2, position: 3 },
      ]);
    });

    it('answers a wrong revision with the actual one, and writes nothing', async () => {
      const { store } = await openForTest(open);
      await store.append([request('a', -1, newEvents(2))]);
      for (const expectedRevision of [-1, 0, 2, 7]) {
        expect(await store.append([request('a', expectedRevision)])).toEqual([
          { outcome: 'wrong-revision', actualRevision: 1 },
        ]);
      }
      expect(await store.head()).toBe(2);
    });

    it('answers -1 where a stream that is expected is not there', async () => {
      const { store } = await openForTest(open);
      expect(await store.append([request('a', 0)])).toEqual([{ outcome: 'wrong-revision', actualRevision: -1 }]);
      expect(await store.append([request('a', -1)])).toEqual([{ outcome: 'appended', revision: 0, position: 1 }]);
    });

    it('handles several requests independently: one refused stops no other', async () => {
      const { store } = await openForTest(open);
      await store.append([request('taken', -1)]);
      const results = await store.append([request('a', -1), request('taken', -1), request('b', -1, newEvents(2))]);
      expect(results).toMatchObject([
        { outcome: 'appended', revision: 0 },
        { outcome: 'wrong-revision', actualRevision: 0 },
        { outcome: 'appended', revision: 1 },
      ]);
      if (promises.order === 'of requests') expect(results).toMatchObject([{ position: 2 }, {}, { position: 4 }]);
      expect(positionsOf(await readWholeLog(store))).toEqual([1, 2, 3, 4]);
    });

    it('lets two requests on one stream follow each other in one call', async () => {
      const { store } = await openForTest(open);
      expect(await store.append([request('a', -1, newEvents(2)), request('a', 1), request('a', 1)])).toEqual([
        { outcome: 'appended', revision: 1, position: 2 },
        { outcome: 'appended', revision: 2, position: 3 },
        { outcome: 'wrong-revision', actualRevision: 2 },
      ]);
    });

    it('writes a request of several events as a whole or not at all', async () => {
      const { store } = await openForTest(open);
      await store.append([request('a', -1, newEvents(2))]);
      await store.append([request('a', 0, newEvents(3)), request('a', 5, newEvents(2)), request('b', 0, newEvents(2))]);
      expect(await store.readStream('a')).toHaveLength(2);
      expect(await store.readStream('b')).toEqual([]);
      expect(await store.head()).toBe(2);
    });

    it('leaves no gap between positions where requests were refused', async () => {
      const { store } = await openForTest(open);
      await store.append([request('a', -1)]);
      await store.append([request('a', -1), request('a', 4, newEvents(3))]);
      await store.append([request('b', -1), request('a', -1), request('c', -1)]);
      expect(positionsOf(await readWholeLog(store))).toEqual([1, 2, 3]);
    });

    it('takes a call without requests as done', async () => {
      const { store } = await openForTest(open);
      expect(await store.append([])).toEqual([]);
      expect(await store.head()).toBe(0);
    });

    it('refuses requests that make no sense with a RangeError, before anything is written', async () => {
      const { store } = await openForTest(open);
      const good = request('good', -1);
      for (const bad of [
        request('a', -1, []),
        request('', -1),
        request('a', -2),
        request('a', 0.5),
        request('\uD800', -1),
        request('a', -1, [newEvent({ data: '"\uDC00"' })]),
        request('a', -1, [newEvent({ id: '\uDC00' })]),
        request('a', -1, [newEvent({ schemaVersion: 1.5 })]),
      ]) {
        await expect(store.append([good, bad])).rejects.toThrow(RangeError);
      }
      expect(await store.head()).toBe(0);
    });

    it('takes thousands of requests in one call', async () => {
      const { store } = await openForTest(open);
      const results = await store.append(Array.from({ length: 5000 }, (_, index) => request(`s-${index}`, -1)));
      const positions = results.map((result) => (result.outcome === 'appended' ? result.position : 0));
      expect(promises.order === 'of requests' ? positions : positions.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 5000 }, (_, index) => index + 1),
      );
    });
  });
}
