import { createMemoryEventStore } from '@stance/event-store/memory';
import type { EventStore, StoredEvent } from '@stance/event-store';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { JoinGroup } from '../distribution.ts';
import { createOrderedLog, type OrderedLog } from '../ordered-log.ts';
import { appendTo, readAllOf, relayAll } from './pipeline.ts';
import { openForTest, type OpenDistribution } from './opened-distribution.ts';
import { until } from './recorder.ts';

async function openLog(join: JoinGroup, store: EventStore): Promise<OrderedLog> {
  const log = await createOrderedLog({ join, store });
  onTestFinished(() => log.close());
  return log;
}

/** Reads on until the end of the log. */
async function readOn(log: OrderedLog, store: EventStore, from: readonly StoredEvent[] = []): Promise<StoredEvent[]> {
  const read = [...from];
  const end = await store.head();
  await until(() => log.status().state === 'active');
  for (let position = read.at(-1)?.position ?? 0; position < end;) {
    const page = await log.readAll({ after: position, limit: 64 });
    read.push(...page.events);
    if (page.position === position) await new Promise<void>((resolve) => void setImmediate(resolve));
    ({ position } = page);
  }
  return read;
}

export function describeReading(open: OpenDistribution): void {
  describe('the log read by way of it', () => {
    it('is the log of the store', async () => {
      const opened = await openForTest(open);
      const store = createMemoryEventStore();
      const log = await openLog(opened.group('projectors').join, store);
      await appendTo(store, 500);
      const relay = relayAll(store, opened.createWriter());
      await relay.toTheEnd();
      expect(await readOn(log, store)).toEqual(await readAllOf(store));
      expect(log.status()).toMatchObject({ filled: 0, unreadable: 0, state: 'active', fault: null });
      await relay.close();
    });

    it('goes on with another member where the one before was, twice nothing and nothing left out', async () => {
      const opened = await openForTest(open);
      const group = opened.group('projectors');
      const store = createMemoryEventStore();
      const first = await createOrderedLog({ join: group.join, store });
      await appendTo(store, 300);
      const relay = relayAll(store, opened.createWriter());
      await relay.toTheEnd();
      const read = await readOn(first, store);
      const second = await openLog(group.join, store);
      expect(await second.readAll({ after: 0, limit: 10 })).toEqual({ events: [], position: 0 });
      await appendTo(store, 200);
      await first.close();
      await relay.toTheEnd();
      expect(await readOn(second, store, read)).toEqual(await readAllOf(store));
      await relay.close();
    });

    it('is given to no zombie but what follows where it is, and goes on with the member that has taken over', async () => {
      const opened = await openForTest(open);
      const group = opened.group('projectors');
      const store = createMemoryEventStore();
      let cuttable: { cut(): Promise<void>; mend(): Promise<void> } | undefined;
      const join: JoinGroup = async (listener) => {
        const joined = await group.joinCuttable(listener);
        cuttable = joined;
        return joined.member;
      };
      const zombie = await openLog(join, store);
      await until(() => zombie.status().state === 'active');
      const heir = await openLog(group.join, store);
      const relay = relayAll(store, opened.createWriter());
      await appendTo(store, 300);
      await relay.toTheEnd();
      const read = (await readOn(zombie, store)).slice(0, 100);
      await cuttable?.cut();
      await appendTo(store, 100);
      await relay.toTheEnd();
      const all = await readAllOf(store);
      expect(await readOn(heir, store, read)).toEqual(all);
      // What the zombie still holds is true as far as it goes; its checkpoint is refused by the read model.
      const late = await zombie.readAll({ after: read.at(-1)?.position ?? 0, limit: 1000 });
      expect(late.events).toEqual(all.slice(100, 100 + late.events.length));
      await cuttable?.mend();
      await until(() => zombie.status().state === 'standby' && heir.status().state === 'active');
      expect(await zombie.readAll({ after: 0, limit: 10 })).toEqual({ events: [], position: 0 });
      await relay.close();
    });

    it('is whole where the offsets of the group are lost, or set ahead', async () => {
      const opened = await openForTest(open);
      const group = opened.group('projectors');
      const store = createMemoryEventStore();
      await appendTo(store, 200);
      const relay = relayAll(store, opened.createWriter());
      await relay.toTheEnd();
      const first = await createOrderedLog({ join: group.join, store });
      const read = await readOn(first, store);
      await first.close();

      await group.setOffsets(null);
      await appendTo(store, 50);
      const second = await createOrderedLog({ join: group.join, store });
      await relay.toTheEnd();
      const readAgain = await readOn(second, store, read);
      expect(readAgain).toEqual(await readAllOf(store));
      expect(second.status().filled).toBe(0);
      await second.close();

      await appendTo(store, 50);
      await relay.toTheEnd();
      await group.setOffsets(12n);
      const third = await openLog(group.join, store);
      await appendTo(store, 50);
      await relay.toTheEnd();
      expect(await readOn(third, store, readAgain.slice(0, 20))).toEqual(await readAllOf(store));
      expect(third.status().filled).toBeGreaterThan(0);
      await relay.close();
    });

    it('is whole where retention has taken away what was not read yet', async () => {
      const opened = await openForTest(open);
      const store = createMemoryEventStore();
      await appendTo(store, 300);
      const relay = relayAll(store, opened.createWriter());
      await relay.toTheEnd();
      for (let partition = 0; partition < opened.partitions; partition += 2) await opened.truncate(partition, 10n);
      const log = await openLog(opened.group('projectors').join, store);
      expect(await readOn(log, store)).toEqual(await readAllOf(store));
      expect(log.status().filled).toBeGreaterThan(0);
      expect(log.status().filled).toBeLessThan(300);
      await relay.close();
    });

    it('is whole where a record of it cannot be read, and tells that there was one', async () => {
      const opened = await openForTest(open);
      const store = createMemoryEventStore();
      await appendTo(store, 20);
      const relay = relayAll(store, opened.createWriter());
      await relay.toTheEnd();
      await opened.spoil(0);
      await appendTo(store, 20);
      await relay.toTheEnd();
      const log = await openLog(opened.group('projectors').join, store);
      expect(await readOn(log, store)).toEqual(await readAllOf(store));
      await until(() => log.status().unreadable === 1);
      await relay.close();
    });

    it('has each event once, however often and from wherever a relay starts again', async () => {
      const opened = await openForTest(open);
      const store = createMemoryEventStore();
      const log = await openLog(opened.group('projectors').join, store);
      await appendTo(store, 200);
      for (const from of [0, 150, 0, 37]) {
        const relay = relayAll(store, opened.createWriter(), from);
        await relay.toTheEnd();
        await relay.close();
      }
      expect(await readOn(log, store)).toEqual(await readAllOf(store));
      expect(log.status().filled).toBe(0);
    });
  });
}
