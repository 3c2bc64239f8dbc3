import { describe, expect, it, vi } from 'vitest';

import { newEvents, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';
import type { Promises } from './promises.ts';

export function describeHeads(open: OpenEventStore, promises: Promises): void {
  describe('the head', () => {
    it('is 0 at first and then the last position', async () => {
      const { store } = await openForTest(open);
      expect(await store.head()).toBe(0);
      await store.append([request('a', -1, newEvents(3))]);
      expect(await store.head()).toBe(3);
    });

    it('is told to listeners whenever it has moved, growing', async () => {
      const { store } = await openForTest(open);
      const heads: number[] = [];
      store.onHead((head) => heads.push(head));
      await store.append([request('a', -1, newEvents(2))]);
      await store.append([request('b', -1)]);
      await vi.waitFor(() => expect(heads.at(-1)).toBe(3));
      // A request of several events can be seen while it comes in.
      expect(heads).toEqual(promises.positions === 'counted' ? [2, 3] : [1, 2, 3]);
    });

    it('is not told where nothing was appended', async () => {
      const { store } = await openForTest(open);
      const first = request('a', -1);
      await store.append([first]);
      const heads: number[] = [];
      store.onHead((head) => heads.push(head));
      await store.append([first, request('a', 5)]);
      await store.append([request('b', -1)]);
      await vi.waitFor(() => expect(heads.at(-1)).toBe(2));
      expect(heads).toEqual([2]);
    });

    it('is told only of what can be read', async () => {
      const { store } = await openForTest(open);
      const readable: Promise<boolean>[] = [];
      store.onHead((head) =>
        readable.push(store.readAll({ after: head - 1, limit: 1 }).then(({ events }) => events[0]?.position === head)),
      );
      for (let index = 0; index < 10; index += 1) await store.append([request(`s-${index}`, -1)]);
      await vi.waitFor(() => expect(readable).toHaveLength(10));
      expect(await Promise.all(readable)).toEqual(Array.from({ length: 10 }, () => true));
    });

    it('is told no more to one who has ended it', async () => {
      const { store } = await openForTest(open);
      const ended: number[] = [];
      const going: number[] = [];
      const end = store.onHead((head) => ended.push(head));
      store.onHead((head) => going.push(head));
      await store.append([request('a', -1)]);
      await vi.waitFor(() => expect(going).toEqual([1]));
      end();
      await store.append([request('b', -1)]);
      await vi.waitFor(() => expect(going).toEqual([1, 2]));
      expect(ended).toEqual([1]);
    });
  });
}
