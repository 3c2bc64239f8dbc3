import { randomUUID } from 'node:crypto';

import { createIngestion } from '@stance/ingestion';
import type { EventStore } from '@stance/event-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bench, context, now, problemOf } from './harness.ts';
import { serve } from './served.ts';

const newIngestion = (eventStore: EventStore) => createIngestion({ eventStore, clock: () => now, newId: randomUUID });

/** Ingestion that knows the actors a, b, c, d and the propositions p, q, r. */
const registryBench = async () => {
  const { ingestion, eventStore, events } = await bench();
  for (const id of ['a', 'b', 'c', 'd']) await ingestion.putActor(id, { name: id, kind: 'group' }, context);
  for (const id of ['p', 'q', 'r']) await ingestion.putProposition(id, { text: id }, context);
  const { registry } = ingestion;
  return {
    eventStore,
    registry,
    types: async () => (await events()).filter(({ stream }) => stream === 'registry').map(({ type }) => type),
    merge: (actor: string, into: string, reason?: string) =>
      registry.merge(actor, { into, ...(reason === undefined ? {} : { reason }) }, context),
    unmerge: (actor: string, reason?: string) => registry.unmerge(actor, reason, context),
    member: (actor: string, group: string, more: { from?: string; to?: string; role?: string } = {}) =>
      registry.addMembership(actor, { group, ...more }, context),
    relate: (id: string, type: 'entails' | 'contradicts' | 'narrows', to: string) =>
      registry.relate(id, { type, to }, context),
    topic: (id: string, parent?: string, name = id) =>
      registry.putTopic(id, { name, ...(parent === undefined ? {} : { parent }) }, context),
  };
};

const refusal = async (promise: Promise<unknown>) => {
  const { code, details } = await problemOf(promise);
  return [code, details.errors?.map(({ path }) => path).join()];
};

describe('merging actors', () => {
  it('is recorded once, taken back once, and may be done again', async () => {
    const { merge, unmerge, types } = await registryBench();
    expect(await merge('a', 'b', 'two spellings')).toEqual({
      outcome: 'accepted',
      stream: 'registry',
      revision: 0,
      position: 11,
    });
    expect(await merge('a', 'b')).toMatchObject({ outcome: 'duplicate', revision: 0, position: 11 });
    expect(await unmerge('a', 'two people')).toMatchObject({ outcome: 'accepted', revision: 1 });
    expect(await unmerge('a', 'two people')).toMatchObject({ outcome: 'duplicate', revision: 1 });
    expect(await merge('a', 'c')).toMatchObject({ outcome: 'accepted', revision: 2 });
    expect(await types()).toEqual(['ActorMerged', 'ActorUnmerged', 'ActorMerged']);
  });

  it('is refused where it leads back, or was done otherwise before', async () => {
    const { merge, unmerge, types } = await registryBench();
    expect(await refusal(merge('a', 'a'))).toEqual(['merge-cycle', 'into']);
    await merge('a', 'b');
    await merge('b', 'c');
    expect(await refusal(merge('c', 'a'))).toEqual(['merge-cycle', 'into']);
    expect(await refusal(merge('a', 'd'))).toEqual(['already-merged', 'id']);
    expect((await problemOf(merge('a', 'd'))).details.detail).toContain('"b"');
    expect(await merge('d', 'a')).toMatchObject({ outcome: 'accepted' });
    expect(await refusal(unmerge('c'))).toEqual(['not-merged', 'id']);
    await unmerge('b', 'why');
    expect(await refusal(unmerge('b', 'another reason'))).toEqual(['not-merged', 'id']);
    expect(await refusal(merge('a', 'nobody'))).toEqual(['unknown-actor', 'into']);
    expect(await types()).toHaveLength(4);
  });

  it('names all that nobody has registered', async () => {
    const { merge, unmerge } = await registryBench();
    expect(await refusal(merge('nobody', 'no-one'))).toEqual(['unknown-actor', 'id,into']);
    expect(await refusal(unmerge('nobody'))).toEqual(['unknown-actor', 'id']);
  });

  it('from two sides at once goes one way, whoever writes', async () => {
    const { registry, eventStore, types } = await registryBench();
    const other = newIngestion(eventStore).registry;
    const outcomes = await Promise.allSettled([
      registry.merge('a', { into: 'b' }, context),
      other.merge('b', { into: 'a' }, context),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await types()).toEqual(['ActorMerged']);
  });

  it('of the same pair at once from many sides is recorded once', async () => {
    const { eventStore, types } = await registryBench();
    const sides = Array.from({ length: 8 }, () => newIngestion(eventStore).registry);
    const written = await Promise.all(sides.map((side) => side.merge('a', { into: 'b' }, context)));
    expect(written.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
    expect(new Set(written.map(({ position }) => position)).size).toBe(1);
    expect(await types()).toEqual(['ActorMerged']);
  });

  it('never lets an actor answer as itself, whatever is tried', async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const tries = fc.array(fc.tuple(id, fc.option(id)), { maxLength: 25 });
    const { registry, eventStore } = await registryBench();
    await fc.assert(
      fc.asyncProperty(tries, async (steps) => {
        const answersAs = new Map<string, string>();
        for (const [actor, into] of steps) {
          const done =
            into === null ? registry.unmerge(actor, undefined, context) : registry.merge(actor, { into }, context);
          await done.catch(() => null);
        }
        for (const { type, data } of await eventStore.readStream('registry')) {
          const { actorId, into } = JSON.parse(data) as { actorId: string; into: string };
          if (type === 'ActorMerged') answersAs.set(actorId, into);
          else answersAs.delete(actorId);
          for (const start of answersAs.keys()) {
            let actor: string | undefined = start;
            for (let followed = 0; actor !== undefined; followed += 1) {
              expect(followed).toBeLessThan(4);
              actor = answersAs.get(actor);
            }
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('memberships', () => {
  it('are recorded once; another `to` takes the place of the one before', async () => {
    const { member } = await registryBench();
    expect(await member('a', 'b', { from: '2015', role: 'chair' })).toMatchObject({ outcome: 'accepted', revision: 0 });
    expect(await member('a', 'b', { role: 'chair', from: '2015' })).toMatchObject({
      outcome: 'duplicate',
      revision: 0,
    });
    expect(await member('a', 'b', { from: '2015', to: '2020', role: 'chair' })).toMatchObject({ revision: 1 });
    expect(await member('a', 'b', { from: '2015', role: 'chair' })).toMatchObject({ outcome: 'accepted', revision: 2 });
  });

  it('make no circle whose days overlap', async () => {
    const { member } = await registryBench();
    expect(await refusal(member('a', 'a'))).toEqual(['membership-cycle', 'group']);
    await member('a', 'b', { to: '2010' });
    await member('b', 'c', { from: '2005' });
    const { code, details } = await problemOf(member('c', 'a', { from: '2010-06' }));
    expect([code, details.detail]).toEqual(['membership-cycle', 'Actor "c" would be a part of itself: c → a → b → c.']);
    expect(await member('c', 'a', { from: '2011' })).toMatchObject({ outcome: 'accepted' });
    expect(await member('b', 'a', { from: '2011' })).toMatchObject({ outcome: 'accepted' });
  });

  it('find the circle that holds where another way back does not', async () => {
    const { member } = await registryBench();
    await member('a', 'b', { to: '1990' });
    await member('a', 'b', { from: '2000' });
    await member('b', 'c', { from: '1980' });
    expect(await refusal(member('c', 'a', { from: '2001' }))).toEqual(['membership-cycle', 'group']);
    expect(await member('c', 'a', { from: '1995', to: '1996' })).toMatchObject({ outcome: 'accepted' });
  });

  it('know all who take part', async () => {
    const { registry } = await registryBench();
    const membership = { group: 'no-group', onBehalfOf: 'nobody' };
    expect(await refusal(registry.addMembership('a', membership, context))).toEqual([
      'unknown-actor',
      'group,onBehalfOf',
    ]);
  });
});

describe('relations of propositions', () => {
  it('are recorded once, a contradiction from either side', async () => {
    const { relate } = await registryBench();
    expect(await relate('p', 'contradicts', 'q')).toMatchObject({ outcome: 'accepted', revision: 0 });
    expect(await relate('q', 'contradicts', 'p')).toMatchObject({ outcome: 'duplicate', revision: 0 });
    expect(await relate('p', 'entails', 'r')).toMatchObject({ outcome: 'accepted', revision: 1 });
    expect(await relate('r', 'entails', 'p')).toMatchObject({ outcome: 'accepted', revision: 2 });
    expect(await relate('p', 'entails', 'r')).toMatchObject({ outcome: 'duplicate', revision: 1 });
  });

  it('that make no sense are refused', async () => {
    const { relate } = await registryBench();
    expect(await refusal(relate('p', 'entails', 'p'))).toEqual(['relation-cycle', 'to']);
    await relate('p', 'narrows', 'q');
    await relate('q', 'narrows', 'r');
    expect(await refusal(relate('r', 'narrows', 'p'))).toEqual(['relation-cycle', 'to']);
    await relate('p', 'entails', 'q');
    expect(await refusal(relate('p', 'contradicts', 'q'))).toEqual(['relation-conflict', 'type']);
    expect(await refusal(relate('q', 'contradicts', 'p'))).toEqual(['relation-conflict', 'type']);
    await relate('q', 'contradicts', 'r');
    expect(await refusal(relate('r', 'entails', 'q'))).toEqual(['relation-conflict', 'type']);
    expect(await refusal(relate('p', 'entails', 'nothing'))).toEqual(['unknown-proposition', 'to']);
  });

  it('name a long way back in few words', async () => {
    const { ingestion } = await bench();
    const ids = Array.from({ length: 30 }, (_, index) => `n${index}`);
    for (const id of ids) await ingestion.putProposition(id, { text: id }, context);
    for (const [index, to] of ids.slice(1).entries()) {
      await ingestion.registry.relate(`n${index}`, { type: 'narrows', to }, context);
    }
    const { message } = await problemOf(ingestion.registry.relate('n29', { type: 'narrows', to: 'n0' }, context));
    expect(message).toContain('n29 → n0 → n1 → n2 → n3 → n4 → n5 → n6 → n7 → n8 → (19 more) → n28 → n29');
  });
});

describe('topics', () => {
  it('are defined, found unchanged, and said anew', async () => {
    const { topic } = await registryBench();
    expect(await topic('war')).toMatchObject({ outcome: 'accepted', isNew: true });
    expect(await topic('war')).toMatchObject({ outcome: 'duplicate', isNew: false });
    expect(await topic('war', undefined, 'War')).toMatchObject({ outcome: 'accepted', isNew: false, revision: 1 });
  });

  it('make a tree', async () => {
    const { topic } = await registryBench();
    expect(await refusal(topic('war', 'peace'))).toEqual(['unknown-topic', 'parent']);
    expect(await refusal(topic('war', 'war'))).toEqual(['topic-cycle', 'parent']);
    await topic('war');
    await topic('tanks', 'war');
    await topic('leopards', 'tanks');
    const { code, details } = await problemOf(topic('war', 'leopards'));
    expect([code, details.detail]).toEqual([
      'topic-cycle',
      'Topic "war" would be a part of itself: war → leopards → tanks → war.',
    ]);
  });
});

describe('the registry', () => {
  it('is read on from where it was left, not from the start', async () => {
    const { eventStore, registry } = await registryBench();
    const froms: (number | undefined)[] = [];
    const watched: EventStore = {
      ...eventStore,
      readStream(stream, options) {
        if (stream === 'registry') froms.push(options?.from);
        return eventStore.readStream(stream, options);
      },
    };
    const watching = newIngestion(watched).registry;
    await registry.merge('a', { into: 'b' }, context);
    await watching.merge('b', { into: 'c' }, context);
    await registry.merge('c', { into: 'd' }, context);
    expect((await problemOf(watching.merge('d', { into: 'a' }, context))).code).toBe('merge-cycle');
    expect(froms).toEqual([0, 1]);
  });

  it('takes many writes at once, of which none is lost', async () => {
    const { eventStore, registry, types } = await registryBench();
    const other = newIngestion(eventStore).registry;
    const roles = Array.from({ length: 40 }, (_, index) => `role ${index}`);
    const written = await Promise.all(
      roles.map((role, index) => (index < 30 ? registry : other).addMembership('a', { group: 'b', role }, context)),
    );
    expect(written.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(await types()).toHaveLength(40);
  });

  it('answers over HTTP like its neighbours', async () => {
    const { send } = await serve();
    const merged = await send('POST', '/v1/actors/france/merge', { into: 'germany' });
    expect([merged.status, merged.body]).toEqual([
      200,
      { actorId: 'france', stream: 'registry', revision: 0, position: 4, outcome: 'accepted' },
    ]);
    const membership = { group: 'germany', from: '2021', to: '2020' };
    const window = await send('POST', '/v1/actors/france/memberships', membership);
    expect(window).toMatchObject({ status: 400, body: { code: 'invalid-input', errors: [{ path: 'to' }] } });
    expect(await send('POST', '/v1/actors/france/memberships', { group: 'germany' })).toMatchObject({ status: 201 });
    expect(await send('POST', '/v1/actors/france/memberships', { group: 'germany' })).toMatchObject({ status: 200 });
    expect(await send('POST', '/v1/actors/france/unmerge', {})).toMatchObject({ status: 200 });
    expect(await send('POST', '/v1/actors/france/unmerge', { reason: 'x' })).toMatchObject({ status: 409 });
    const self = await send('POST', '/v1/propositions/trainers/relations', { type: 'narrows', to: 'trainers' });
    expect(self).toMatchObject({ status: 409, body: { code: 'relation-cycle' } });
    expect(await send('PUT', '/v1/topics/war', { name: 'War' })).toMatchObject({
      status: 201,
      body: { topicId: 'war', outcome: 'accepted' },
    });
    expect(await send('PUT', '/v1/topics/war', { name: 'War' })).toMatchObject({
      status: 200,
      body: { topicId: 'war', outcome: 'duplicate' },
    });
  });
});

describe('an event of the registry that cannot be read', () => {
  const unreadable = (eventStore: EventStore, expectedRevision: number) =>
    eventStore.append([
      {
        stream: 'registry',
        expectedRevision,
        events: [
          {
            id: randomUUID(),
            type: 'ActorSplit',
            schemaVersion: 1,
            data: '{}',
            metadata: { correlationId: 'another' },
          },
        ],
      },
    ]);

  it('keeps everybody from writing to it until it is skipped', async () => {
    const { eventStore, merge } = await registryBench();
    await unreadable(eventStore, -1);
    expect(await refusal(merge('a', 'b'))).toEqual(['stream-unreadable', undefined]);
    const data = JSON.stringify({ stream: 'registry', revision: 0, eventId: 'e', reason: 'of another program' });
    await eventStore.append([
      {
        stream: 'registry',
        expectedRevision: 0,
        events: [{ id: randomUUID(), type: 'EventSkipped', schemaVersion: 1, data, metadata: { correlationId: 'op' } }],
      },
    ]);
    expect(await merge('a', 'b')).toMatchObject({ outcome: 'accepted', revision: 2 });
    expect(await merge('b', 'a').catch(({ code }: { code: string }) => code)).toBe('merge-cycle');
    await unreadable(eventStore, 2);
    expect(await refusal(merge('c', 'd'))).toEqual(['stream-unreadable', undefined]);
  });
});
