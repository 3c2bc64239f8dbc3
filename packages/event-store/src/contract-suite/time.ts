import { describe, expect, it } from 'vitest';

import { newEvents, readWholeLog, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';

export function describeTime(open: OpenEventStore): void {
  describe('recordedAt', () => {
    it('is the time of the append in milliseconds', async () => {
      const { store } = await openForTest(open, { clock: () => 1_700_000_000_123 });
      await store.append([request('a', -1)]);
      expect((await store.readStream('a'))[0]?.recordedAt).toBe(1_700_000_000_123);
    });

    it('never goes back, even if the clock does', async () => {
      const ticks = [5000, 4000, 6000, 1, 6001];
      const { store } = await openForTest(open, { clock: () => ticks.shift() ?? 9000 });
      for (let index = 0; index < 5; index += 1) await store.append([request(`s-${index}`, -1)]);
      const stamps = (await readWholeLog(store)).map(({ recordedAt }) => recordedAt);
      expect(stamps).toEqual([5000, 5000, 6000, 6000, 6001]);
    });

    it('is one stamp for all that one call appends', async () => {
      let now = 1000;
      const { store } = await openForTest(open, { clock: () => (now += 1) });
      await store.append([request('a', -1, newEvents(3)), request('b', -1)]);
      expect(new Set((await readWholeLog(store)).map(({ recordedAt }) => recordedAt)).size).toBe(1);
    });

    it('has passed an instant before the one that would be stamped next, whatever the clock says after', async () => {
      let now = 5000;
      const { store } = await openForTest(open, { clock: () => now });
      expect(await store.headAt(4999)).toBe(0);
      expect(await store.headAt(5000)).toBe(null);
      await store.append([request('a', -1)]);
      now = 4000;
      expect(await store.headAt(4999)).toBe(1);
      expect(await store.headAt(5000)).toBe(null);
      now = 6000;
      expect(await store.headAt(5999)).toBe(1);
      now = 5500;
      await store.append([request('b', -1)]);
      expect((await store.readStream('b'))[0]?.recordedAt).toBe(6000);
    });

    it('has passed an instant only once what is under way and stamped by then is in the log', async () => {
      let now = 1000;
      const { store } = await openForTest(open, { clock: () => now });
      const seen: { instant: number; head: number }[] = [];
      const appends: Promise<unknown>[] = [];
      for (let round = 0; round < 200; round += 1) {
        appends.push(store.append([request(`s-${round}`, -1)]));
        // Some are sent by then, some wait.
        if (round % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
        const instant = now;
        now += 1;
        const head = await store.headAt(instant);
        if (head !== null) seen.push({ instant, head });
      }
      await Promise.all(appends);
      const events = await readWholeLog(store);
      expect(seen).toHaveLength(200);
      for (const { instant, head } of seen) {
        expect(events.filter(({ position, recordedAt }) => position > head && recordedAt <= instant)).toEqual([]);
      }
    });

    it('never goes back over a reopening either', async (context) => {
      let now = 5000;
      const { store, reopen } = await openForTest(open, { clock: () => now });
      context.skip(reopen === undefined, 'nothing outlives the handle');
      await store.append([request('a', -1)]);
      now = 1000;
      const reopened = await reopen?.();
      await reopened?.append([request('b', -1)]);
      expect((await reopened?.readStream('b'))?.[0]?.recordedAt).toBe(5000);
    });
  });
}
