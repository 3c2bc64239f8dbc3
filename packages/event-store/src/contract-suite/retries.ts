import { describe, expect, it } from 'vitest';

import { newEvent, newEvents, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';
import { appendInOrder, type Promises } from './promises.ts';

export function describeRetries(open: OpenEventStore, promises: Promises): void {
  describe('the retry of a request', () => {
    it('is answered as the first time, and writes nothing', async () => {
      const { store } = await openForTest(open);
      const first = request('a', -1, newEvents(2));
      const second = request('a', 1, newEvents(1));
      const results = await store.append([first, second]);
      expect(await store.append([first, second])).toEqual(results);
      expect(await store.head()).toBe(3);
    });

    it('is known by its event ids, whatever they carry', async () => {
      const { store } = await openForTest(open);
      const event = newEvent();
      const results = await store.append([request('a', -1, [event])]);
      expect(await store.append([request('a', -1, [{ ...event, data: '{"other":true}' }])])).toEqual(results);
      expect((await store.readStream('a')).map(({ data }) => data)).toEqual([event.data]);
    });

    it('is known as such when others have gone on in the stream', async () => {
      const { store } = await openForTest(open);
      const first = request('a', -1, newEvents(2));
      const results = await store.append([first]);
      await store.append([request('a', 1, newEvents(3)), request('b', -1)]);
      expect(await store.append([first])).toEqual(results);
    });

    it('is known within one call', async () => {
      const { store } = await openForTest(open);
      const first = request('a', -1);
      expect(await store.append([first, first])).toEqual([
        { outcome: 'appended', revision: 0, position: 1 },
        { outcome: 'appended', revision: 0, position: 1 },
      ]);
    });

    it('is a wrong revision where only some of its events are there', async () => {
      const { store } = await openForTest(open);
      const [one, two, three] = [newEvent(), newEvent(), newEvent()];
      await store.append([request('a', -1, [one, two])]);
      expect(
        await store.append([
          request('a', -1, [one, two, three]),
          request('a', -1, [one, three]),
          request('a', -1, [two, one]),
          request('a', 0, [one]),
          request('a', 1, [two]),
        ]),
      ).toMatchObject([
        { outcome: 'wrong-revision', actualRevision: 1 },
        { outcome: 'wrong-revision', actualRevision: 1 },
        { outcome: 'wrong-revision', actualRevision: 1 },
        { outcome: 'wrong-revision', actualRevision: 1 },
        { outcome: 'appended', revision: 2 },
      ]);
    });

    it('is told apart by stream: one id in two streams is two events', async () => {
      const { store } = await openForTest(open);
      const event = newEvent();
      const requests = [request('a', -1, [event]), request('b', -1, [event])];
      expect(await appendInOrder(store, requests, promises)).toEqual([
        { outcome: 'appended', revision: 0, position: 1 },
        { outcome: 'appended', revision: 0, position: 2 },
      ]);
    });
  });
}
