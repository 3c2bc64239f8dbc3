import { describe, expect, it } from 'vitest';

import type { EventStore } from '../event-store.ts';
import { newEvent, newEvents, positionsOf, readWholeLog, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';
import { appendInOrder, type Promises } from './promises.ts';

export function describeReading(open: OpenEventStore, promises: Promises): void {
  async function fill(store: EventStore): Promise<void> {
    const requests = [
      request('actor-1', -1),
      request('statement-1', -1),
      request('statement-2', -1, newEvents(2)),
      request('registry', -1),
      request('actor-2', -1),
    ];
    await appendInOrder(store, requests, promises);
  }

  describe('reading the log', () => {
    it('gives pages in order of position that fit together', async () => {
      const { store } = await openForTest(open);
      await fill(store);
      for (const limit of [1, 2, 3, 6, 7]) {
        expect(positionsOf(await readWholeLog(store, limit))).toEqual([1, 2, 3, 4, 5, 6]);
      }
    });

    it('says how far it looked', async () => {
      const { store } = await openForTest(open);
      await fill(store);
      expect((await store.readAll({ after: 0, limit: 4 })).position).toBe(4);
      expect((await store.readAll({ after: 4, limit: 100 })).position).toBe(6);
    });

    it('stays where it is at the end, in an empty log and past the end', async () => {
      const { store } = await openForTest(open);
      expect(await store.readAll({ after: 0, limit: 10 })).toEqual({ events: [], position: 0 });
      await fill(store);
      expect(await store.readAll({ after: 6, limit: 10 })).toEqual({ events: [], position: 6 });
      expect(await store.readAll({ after: 60, limit: 10 })).toEqual({ events: [], position: 60 });
    });

    it('picks streams by their prefixes and moves past what it leaves out', async () => {
      const { store } = await openForTest(open);
      await fill(store);
      const actors = await store.readAll({ after: 0, limit: 10, streamPrefixes: ['actor-'] });
      expect(positionsOf(actors.events)).toEqual([1, 6]);
      expect(actors.position).toBe(6);
      const first = await store.readAll({ after: 1, limit: 10, streamPrefixes: ['nobody-'] });
      expect(first).toEqual({ events: [], position: 6 });
      const both = await store.readAll({ after: 1, limit: 2, streamPrefixes: ['registry', 'statement-2'] });
      expect(positionsOf(both.events)).toEqual([3, 4]);
      expect(both.position).toBeGreaterThanOrEqual(4);
      expect(both.position).toBeLessThan(5);
    });

    it('takes a prefix for what it says: letters in their case, no wildcards', async () => {
      const { store } = await openForTest(open);
      await store.append(['a_1', 'ab1', 'a%1', 'A_1', 'a*1', 'ä_1', 'a'].map((stream) => request(stream, -1)));
      const streams = async (prefix: string) =>
        (await store.readAll({ after: 0, limit: 100, streamPrefixes: [prefix] })).events.map(({ stream }) => stream);
      expect(await streams('a_')).toEqual(['a_1']);
      expect(await streams('a%')).toEqual(['a%1']);
      expect(await streams('a*')).toEqual(['a*1']);
      expect(await streams('ä')).toEqual(['ä_1']);
      expect(await streams('')).toHaveLength(7);
    });

    it('finds nothing where no prefix is given in the list', async () => {
      const { store } = await openForTest(open);
      await fill(store);
      expect(await store.readAll({ after: 0, limit: 10, streamPrefixes: [] })).toEqual({ events: [], position: 6 });
    });

    it('reaches the end in pages where the streams wanted are rare', async () => {
      const { store } = await openForTest(open);
      // One call after the other takes longer.
      const count = promises.order === 'of requests' ? 3000 : 1200;
      const requests = Array.from({ length: count }, (_, index) =>
        request(`${index % 1000 === 7 ? 'rare' : 'other'}-${index}`, -1),
      );
      await appendInOrder(store, requests, promises);
      const found: number[] = [];
      let after = 0;
      for (;;) {
        const page = await store.readAll({ after, limit: 2, streamPrefixes: ['rare-'] });
        found.push(...positionsOf(page.events));
        if (page.position === after) break;
        after = page.position;
      }
      expect(found).toEqual([8, 1008, 2008].filter((position) => position <= count));
      expect(after).toBe(count);
    });

    it('refuses numbers that make no sense with a RangeError', async () => {
      const { store } = await openForTest(open);
      for (const options of [
        { after: -1, limit: 1 },
        { after: 0, limit: 0 },
        { after: 0.5, limit: 1 },
        { after: 0, limit: Number.NaN },
      ]) {
        await expect(store.readAll(options)).rejects.toThrow(RangeError);
      }
      await expect(store.readStream('a', { from: -1 })).rejects.toThrow(RangeError);
      await expect(store.readStream('a', { limit: 0 })).rejects.toThrow(RangeError);
    });
  });

  describe('reading a stream', () => {
    it('gives its events in order of revision, and only its own', async () => {
      const { store } = await openForTest(open);
      const requests = [request('a', -1, newEvents(2)), request('a-longer', -1), request('a', 1)];
      await appendInOrder(store, requests, promises);
      const events = await store.readStream('a');
      expect(events.map(({ revision, position }) => [revision, position])).toEqual([
        [0, 1],
        [1, 2],
        [2, 4],
      ]);
    });

    it('is empty where there is no such stream', async () => {
      const { store } = await openForTest(open);
      expect(await store.readStream('nobody')).toEqual([]);
    });

    it('gives a range of revisions', async () => {
      const { store } = await openForTest(open);
      await store.append([request('a', -1, newEvents(5))]);
      const revisions = async (options: { from?: number; limit?: number }) =>
        (await store.readStream('a', options)).map(({ revision }) => revision);
      expect(await revisions({})).toEqual([0, 1, 2, 3, 4]);
      expect(await revisions({ from: 3 })).toEqual([3, 4]);
      expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2]);
      expect(await revisions({ limit: 1 })).toEqual([0]);
      expect(await revisions({ from: 5 })).toEqual([]);
    });

    it('sees what was acknowledged at once', async () => {
      const { store } = await openForTest(open);
      for (let revision = 0; revision < 20; revision += 1) {
        const event = newEvent();
        await store.append([request('a', revision - 1, [event])]);
        expect((await store.readStream('a', { from: revision }))[0]?.id).toBe(event.id);
        expect(await store.head()).toBe(revision + 1);
      }
    });
  });
}
