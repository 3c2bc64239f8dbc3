import { describe, expect, it } from 'vitest';

import { newEvent, positionsOf, readWholeLog, request } from './events.ts';
import { openForTest, type OpenEventStore } from './opened-event-store.ts';

export function describeConcurrency(open: OpenEventStore): void {
  describe('many at once', () => {
    it('are all appended, without a gap', async () => {
      const { store } = await openForTest(open);
      const results = await Promise.all(
        Array.from({ length: 500 }, (_, index) => store.append([request(`s-${index}`, -1)])),
      );
      const positions = results.map(([result]) => (result?.outcome === 'appended' ? result.position : 0));
      expect(positions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
      expect(positionsOf(await readWholeLog(store))).toHaveLength(500);
    });

    it('keep the order of the calls', async () => {
      const { store } = await openForTest(open);
      const results = await Promise.all(
        Array.from({ length: 200 }, (_, index) => store.append([request('a', index - 1)])),
      );
      expect(results).toEqual(
        Array.from({ length: 200 }, (_, index) => [{ outcome: 'appended', revision: index, position: index + 1 }]),
      );
    });

    it('racing for the same revision of a stream give exactly one winner', async () => {
      const { store } = await openForTest(open);
      for (let round = 0; round < 5; round += 1) {
        const events = Array.from({ length: 40 }, () => newEvent());
        const results = (
          await Promise.all(events.map((event) => store.append([request('raced', round - 1, [event])])))
        ).flat();
        const winners = events.filter((_, index) => results[index]?.outcome === 'appended');
        expect(winners).toHaveLength(1);
        expect(results.filter(({ outcome }) => outcome === 'wrong-revision')).toEqual(
          Array.from({ length: 39 }, () => ({ outcome: 'wrong-revision', actualRevision: round })),
        );
        expect((await store.readStream('raced', { from: round })).map(({ id }) => id)).toEqual(
          winners.map(({ id }) => id),
        );
      }
    });

    it('retrying one request give one event', async () => {
      const { store } = await openForTest(open);
      const again = request('a', -1);
      const results = await Promise.all(Array.from({ length: 50 }, () => store.append([again])));
      expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
      expect(await store.head()).toBe(1);
    });
  });
}
