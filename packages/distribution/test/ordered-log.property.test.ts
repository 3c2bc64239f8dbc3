import type { StoredEvent } from '@stance/event-store';
import { createOrderedLog, type LinkedEvent, type OrderedLog } from '@stance/distribution';
import { createMemoryDistribution } from '@stance/distribution/memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { logOf, linked, storeOf } from './support/log.ts';

/**
 * What can happen, with numbers that stand for one of what there is at that moment: so every sequence of steps is one that
 * can be run.
 */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('relay' as const), events: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('relay restarts' as const), back: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('second relay' as const), from: fc.nat(99), events: fc.nat(8) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('send fails' as const), events: fc.nat(8), written: fc.array(fc.nat(3)) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('deliver' as const),
      which: fc.nat(99),
      atMost: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      limit: fc.integer({ min: 1, max: 9 }),
      keeps: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('activate' as const), which: fc.nat(9), untold: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tell' as const), which: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('offset' as const), partition: fc.nat(3), offset: fc.option(fc.nat(40)) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('truncate' as const), partition: fc.nat(3), before: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('garbage' as const), partition: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recreate' as const) }) },
);

const history = fc.record({
  gaps: fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }),
  holders: fc.array(fc.nat(6), { minLength: 1, maxLength: 10 }),
  partitions: fc.integer({ min: 1, max: 4 }),
  limit: fc.integer({ min: 1, max: 8 }),
  steps: fc.array(step, { maxLength: 150 }),
});

const members = 3;

describe('the ordered log', () => {
  it('gives the log, in order, nothing twice and nothing missing, whatever happens on the way', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ gaps, holders, partitions, limit, steps }) => {
        const log = logOf({ gaps, holders });
        const store = storeOf(log);
        const links = linked(log);
        const { topic, createWriter, group: groupOf } = createMemoryDistribution({ partitions, mode: 'stepped' });
        const group = groupOf('projectors');
        const logs: OrderedLog[] = [];
        for (let index = 0; index < members; index += 1) {
          // Time stands still: nothing is ever overdue, so that all that is read has come in or is proven to be missing.
          const limits = { events: limit, dataLength: 1000 };
          logs.push(await createOrderedLog({ join: group.join, store, limits, clock: () => 0 }));
        }
        /** How far the relay is, and the read model. */
        let relayed = 0;
        let read: readonly StoredEvent[] = [];

        const send = async (from: number, count: number, writer = createWriter()): Promise<number> => {
          const batch = links.slice(from, from + count);
          await writer.send(batch, markAt(links, from + batch.length));
          return from + batch.length;
        };
        const readOn = async (ordered: OrderedLog, most: number, keeps: boolean): Promise<number> => {
          const after = read.at(-1)?.position ?? 0;
          const page = await ordered.readAll({ after, limit: most });
          expect(page.events).toEqual(log.slice(read.length, read.length + page.events.length));
          expect(page.position).toBe(page.events.at(-1)?.position ?? after);
          if (keeps) read = [...read, ...page.events];
          return page.events.length;
        };

        for (const happens of steps) {
          switch (happens.kind) {
            case 'relay':
              relayed = await send(relayed, happens.events);
              break;
            case 'relay restarts':
              relayed = Math.max(0, relayed - happens.back);
              break;
            case 'second relay': {
              const from = Math.min(happens.from, relayed);
              await send(from, Math.min(happens.events, relayed - from));
              break;
            }
            case 'send fails': {
              const writer = createWriter({ outcome: () => ({ partitions: happens.written }) });
              await expect(send(relayed, happens.events, writer)).rejects.toThrow('no answer');
              break;
            }
            case 'deliver': {
              const deliveries = group.deliveries();
              const delivery = deliveries[happens.which % Math.max(1, deliveries.length)];
              if (delivery !== undefined) group.deliver(delivery, happens.atMost);
              break;
            }
            case 'read':
              // Whoever takes itself for the active one reads; what a transaction did not keep is read again.
              for (const ordered of logs) await readOn(ordered, happens.limit, happens.keeps);
              break;
            case 'activate':
              group.activate(happens.which % members, { untold: happens.untold });
              break;
            case 'tell':
              group.tell(happens.which % members);
              break;
            case 'offset':
              if (happens.partition < partitions) {
                group.setOffset(happens.partition, happens.offset === null ? null : BigInt(happens.offset));
              }
              break;
            case 'truncate':
              if (happens.partition < partitions) topic.truncate(happens.partition, BigInt(happens.before));
              break;
            case 'garbage':
              if (happens.partition < partitions) {
                topic.append(happens.partition, [{ kind: 'unreadable', reason: 'it is none of ours' }]);
              }
              break;
            case 'recreate':
              topic.recreate();
              break;
          }
        }

        // Then all goes well: the relay comes to the end, everything arrives, and so the reader comes to the end too.
        while (relayed < links.length) relayed = await send(relayed, 10);
        const active = group.members().find(({ role }) => role === 'active')?.member ?? 0;
        const ordered = logs[active];
        for (let round = 0; round < 300 && read.length < log.length && ordered !== undefined; round += 1) {
          await send(relayed, 0);
          for (const delivery of group.deliveries()) group.deliver(delivery, 5);
          await readOn(ordered, 7, true);
        }
        expect(read).toEqual(log);
        await Promise.all(logs.map((each) => each.close()));
      }),
    );
  });
});

describe('the ordered log, where nothing is lost', () => {
  it('asks the store for nothing but its head and one event to know it by, whatever the order of arrival', async () => {
    const arrivals = fc.record({
      gaps: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 }),
      holders: fc.array(fc.nat(6), { minLength: 1, maxLength: 10 }),
      partitions: fc.integer({ min: 1, max: 4 }),
      sizes: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
      resent: fc.array(fc.nat(20)),
      choices: fc.infiniteStream(fc.nat(99)),
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ gaps, holders, partitions, sizes, resent, choices }) => {
        const log = logOf({ gaps, holders });
        const store = storeOf(log);
        const links = linked(log);
        const { createWriter, group: groupOf } = createMemoryDistribution({ partitions, mode: 'stepped' });
        const group = groupOf('projectors');
        const ordered = await createOrderedLog({ join: group.join, store, clock: () => 0 });
        const writer = createWriter();
        const backs = [...resent];
        for (let from = 0, turn = 0; from < links.length; turn += 1) {
          const to = Math.min(links.length, from + (sizes[turn % sizes.length] ?? 1) + (turn % 3));
          await writer.send(links.slice(from, to), markAt(links, to));
          // A relay that restarts sends again what it did not note down.
          from = Math.max(0, to - (to === links.length ? 0 : (backs.pop() ?? 0)));
        }
        const read: StoredEvent[] = [];
        for (const choice of choices) {
          const deliveries = group.deliveries();
          const delivery = deliveries[choice % Math.max(1, deliveries.length)];
          if (delivery !== undefined) group.deliver(delivery, 1 + (choice % 4));
          const page = await ordered.readAll({ after: read.at(-1)?.position ?? 0, limit: 1 + (choice % 10) });
          read.push(...page.events);
          if (delivery === undefined && page.events.length === 0) break;
        }
        expect(read).toEqual(log);
        expect(store.reads()).toBe(1);
        expect(ordered.status()).toMatchObject({ filled: 0, lag: 0, head: log.at(-1)?.position, state: 'active' });
        await ordered.close();
      }),
    );
  });
});

function markAt(links: readonly LinkedEvent[], count: number) {
  const last = links[count - 1];
  return { position: last?.event.position ?? 0, count, recordedAt: last?.event.recordedAt ?? 0 };
}
