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
