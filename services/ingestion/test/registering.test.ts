import { EventStoreError } from '@stance/event-store';
import type { EventStore } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bench, now, submission } from './harness.ts';

describe('registering what is missing', () => {
  it('registers actors and propositions under their ids, before the statement', async () => {
    const { record, events } = await bench();
    const [result] = await record([submission({ holder: 'constructor', proposition: 'toString' })], true);
    expect(result).toMatchObject({ outcome: 'accepted', position: 6 });
    expect((await events()).slice(3).map(({ type, data }) => ({ type, data }))).toMatchObject([
      { type: 'ActorRegistered', data: { actorId: 'constructor', name: 'constructor', inPassing: true } },
      { type: 'PropositionDefined', data: { propositionId: 'toString', text: 'toString', inPassing: true } },
      { type: 'StatementMade' },
    ]);
  });

  it('registers nobody whom only a refused statement names', async () => {
    const eventStore = createMemoryEventStore({ clock: () => now });
    const { record, events } = await bench(eventStore);
    await record([submission({ id: 'a' })]);
    const before = await events();
    const refused = submission({ id: 'a', holder: 'ghost', speaker: 'spirit', authority: 'spokesperson' });
    expect(await record([refused], true)).toMatchObject([{ error: { code: 'statement-conflict' } }]);
    expect(await events()).toEqual(before);
    // It is not taken for known either.
    expect(await record([submission({ id: 'c', holder: 'ghost' })])).toMatchObject([
      { error: { code: 'unknown-actor' } },
    ]);

    const results = await record(
      [submission({ id: 'b', holder: 'new' }), submission({ id: 'b', holder: 'ghost' }), refused],
      true,
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected', 'rejected']);
    expect((await events()).slice(before.length).map(({ stream }) => stream)).toEqual(['actor-new', 'statement-b']);
  });

  it('registers at the next try whom a statement names that was recorded alone', async () => {
    const eventStore = createMemoryEventStore({ clock: () => now });
    let cutOff = false;
    const store: EventStore = {
      ...eventStore,
      async append(requests) {
        if (!cutOff) return eventStore.append(requests);
        await eventStore.append(requests.filter(({ stream }) => stream.startsWith('statement-')));
        throw new EventStoreError('event-store-denied', 'the other requests did not get there');
      },
    };
    const { record, events } = await bench(store);
    cutOff = true;
    await expect(record([submission({ holder: 'new' })], true)).rejects.toThrow();
    cutOff = false;
    expect(await record([submission({ holder: 'new' })], true)).toMatchObject([{ outcome: 'duplicate' }]);
    expect((await events()).slice(3).map(({ stream }) => stream)).toEqual(['statement-v1', 'actor-new']);
  });

  it('registers once, however many want to at the same time', async () => {
    const eventStore = createMemoryEventStore({ clock: () => 0 });
    const one = await bench(eventStore);
    const two = await bench(eventStore);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? one : two).record([submission({ id: `s${n}`, holder: 'new', proposition: 'also-new' })], true),
      ),
    );
    expect(results.flat().every(({ outcome }) => outcome === 'accepted')).toBe(true);
    const streams = (await one.events()).filter(({ type }) => type === 'ActorRegistered').map(({ stream }) => stream);
    expect(streams).toEqual(['actor-france', 'actor-germany', 'actor-new']);
  });

  it('leaves alone what was registered before', async () => {
    const eventStore = createMemoryEventStore({ clock: () => 0 });
    await bench(eventStore);
    const cold = await bench(eventStore);
    await cold.record([submission()], true);
    expect((await cold.events()).map(({ stream }) => stream)).toEqual([
      'actor-france',
      'actor-germany',
      'proposition-trainers',
      'statement-v1',
    ]);
  });

  it('registers what any new statement names, and reads back few of those that name the same', async () => {
    const ids = fc.constantFrom('s1', 's2', 's3', 's4');
    const holders = fc.constantFrom('france', 'new', 'other', 'third');
    const given = fc.array(fc.record({ id: ids, holder: holders }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(ids), given, async (recordedBefore, batch) => {
        const { record, events } = await bench();
        await record(recordedBefore.map((id) => submission({ id })));
        const before = (await events()).length;
        await record(
          batch.map((one) => submission(one)),
          true,
        );

        const firsts = new Map<string, string>();
        for (const { id, holder } of batch) if (!firsts.has(id)) firsts.set(id, holder);
        const wanted = new Set(
          [...firsts].filter(([id]) => !recordedBefore.some((known) => known === id)).map(([, holder]) => holder),
        );
        wanted.delete('france');
        const registered = (await events()).slice(before).filter(({ type }) => type === 'ActorRegistered');
        expect(new Set(registered.map(({ stream }) => stream))).toEqual(
          new Set([...wanted].map((id) => `actor-${id}`)),
        );
        expect(registered).toHaveLength(wanted.size);
      }),
    );

    const eventStore = createMemoryEventStore({ clock: () => now });
    const read: string[] = [];
    const watched = {
      ...eventStore,
      readStream: (stream: string, ...rest: never[]) => {
        read.push(stream);
        return eventStore.readStream(stream, ...rest);
      },
    };
    const { record } = await bench(watched);
    read.length = 0;
    await record(
      Array.from({ length: 100 }, (_, n) => submission({ id: `m${n}`, holder: 'new' })),
      true,
    );
    expect(read.filter((stream) => stream.startsWith('statement-'))).toEqual(['statement-m0']);
  });
});
