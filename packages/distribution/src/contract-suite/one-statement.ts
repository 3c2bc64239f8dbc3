import { createMemoryEventStore } from '@stance/event-store/memory';
import type { EventStore, NewEvent } from '@stance/event-store';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createOrderedLog } from '../ordered-log.ts';
import { openForTest, type OpenDistribution } from './opened-distribution.ts';
import { newEvent, relayAll } from './pipeline.ts';
import { until } from './recorder.ts';

const stream = 'statement-1';
const made = (text: string): NewEvent => newEvent('StatementMade', { text, statement: { holder: 'ann' } });
const corrected = (): NewEvent => newEvent('StatementCorrected', { holder: 'ann' });
const retracted = (): NewEvent => newEvent('StatementRetracted', { holder: 'ann' });
const append = async (store: EventStore, expectedRevision: number, event: NewEvent) => {
  const [result] = await store.append([{ stream, expectedRevision, events: [event] }]);
  return result?.outcome;
};

/** A statement that is sent in more than once: what comes by way of the distribution is what the store has, once. */
export function describeOneStatement(open: OpenDistribution): void {
  /** Lets events come in as `happens` says, relayed after each step, and again from the start at the end. */
  async function arriving(happens: (store: EventStore, relayed: () => Promise<void>) => Promise<void>) {
    const opened = await openForTest(open);
    const store = createMemoryEventStore();
    const log = await createOrderedLog({ join: opened.group('projectors').join, store });
    onTestFinished(() => log.close());
    const relay = relayAll(store, opened.createWriter());
    await happens(store, () => relay.toTheEnd());
    await relay.toTheEnd();
    await relay.close();
    const again = relayAll(store, opened.createWriter());
    await again.toTheEnd();
    await again.close();
    const head = await store.head();
    const seen = [];
    await until(() => log.status().state === 'active');
    for (let after = 0; after < head;) {
      const page = await log.readAll({ after, limit: 2 });
      seen.push(...page.events);
      if (page.position === after) await new Promise<void>((resolve) => void setImmediate(resolve));
      after = page.position;
    }
    expect(log.status().filled).toBe(0);
    return { seen, held: await store.readStream(stream) };
  }

  describe('a statement', () => {
    it('comes once where it is sent in a second time, be it a duplicate or a conflict', async () => {
      const { seen, held } = await arriving(async (store, relayed) => {
        await append(store, -1, made('one'));
        await relayed();
        expect(await append(store, -1, made('one'))).toBe('wrong-revision');
        expect(await append(store, -1, made('another'))).toBe('wrong-revision');
      });
      expect(seen).toEqual(held);
      expect(seen).toHaveLength(1);
    });

    it('comes once, with its correction and its retraction in their order, where it is sent in after these', async () => {
      const { seen, held } = await arriving(async (store, relayed) => {
        await append(store, -1, made('one'));
        await append(store, 0, corrected());
        await relayed();
        expect(await append(store, -1, made('one'))).toBe('wrong-revision');
        await append(store, 1, retracted());
        await relayed();
        expect(await append(store, -1, made('one'))).toBe('wrong-revision');
      });
      expect(seen).toEqual(held);
      expect(seen.map(({ type }) => type)).toEqual(['StatementMade', 'StatementCorrected', 'StatementRetracted']);
    });

    it('comes once where the answer was lost and the same request is sent again', async () => {
      const { seen, held } = await arriving(async (store, relayed) => {
        const event = made('one');
        await append(store, -1, event);
        await relayed();
        expect(await append(store, -1, event)).toBe('appended');
      });
      expect(seen).toEqual(held);
      expect(seen).toHaveLength(1);
    });

    it('comes once where many send it first at the same time', async () => {
      const { seen, held } = await arriving(async (store, relayed) => {
        const racing = Array.from({ length: 20 }, (_, index) => append(store, -1, made(String(index))));
        await relayed();
        expect((await Promise.all(racing)).filter((outcome) => outcome === 'appended')).toHaveLength(1);
      });
      expect(seen).toEqual(held);
      expect(seen).toHaveLength(1);
    });
  });
}
