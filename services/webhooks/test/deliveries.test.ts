import { changeIdOf, holderOf } from '@stance/feed/memory';
import { describe, expect, it } from 'vitest';

import { startReceiver } from './support/receiver.ts';
import { createTelling } from './support/telling.ts';

const until = { timeout: 10_000, interval: 5 };

describe('webhooks', () => {
  it('are told what is published, in order and signed', async () => {
    const { feed, put, start } = createTelling();
    const receiver = await startReceiver();
    receiver.secrets.push((await put('a', receiver.url)).secret);
    for (const change of [1, 2, 1, 3]) feed.publish(change);
    feed.publish(2, true);
    const deliveries = start();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived.map(({ id, message }) => [id, message.type])).toEqual([
      ['feed-1.1.0', 'StanceChangeDetected'],
      ['feed-1.2.0', 'StanceChangeDetected'],
      ['feed-1.3.0', 'StanceChangeRevised'],
      ['feed-1.4.0', 'StanceChangeDetected'],
      ['feed-1.5.0', 'StanceChangeRemoved'],
    ]);
    expect(receiver.held).toEqual(feed.setAt(5));
    feed.publish(7);
    deliveries.notify();
    await expect.poll(() => receiver.held, until).toEqual(feed.setAt(6));
    // It has arrived before who sent it knows.
    await expect.poll(() => deliveries.status(), until).toMatchObject({ delivered: 6, failed: 0, fault: null });
  });

  it('that are new are told what follows, and one that is put again what it was not told yet', async () => {
    const { feed, put, start, store } = createTelling();
    const receiver = await startReceiver();
    feed.publish(1);
    feed.publish(2);
    await put('a', receiver.url, { after: 1 });
    const deliveries = start();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived.map(({ id }) => id)).toEqual(['feed-1.2.0']);
    await put('a', receiver.url, { paused: true });
    deliveries.notify();
    feed.publish(3);
    await put('b', receiver.url, { after: 3 });
    await deliveries.whenCaughtUp();
    expect(receiver.arrived).toHaveLength(1);
    await put('a', receiver.url);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived.map(({ id }) => id)).toEqual(['feed-1.2.0', 'feed-1.3.0']);
    await store.remove('a');
    feed.publish(4);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived).toHaveLength(3);
  });

  it('are told by their own filter, and that something does not match any more', async () => {
    const { feed, put, start } = createTelling();
    const receiver = await startReceiver();
    // What the feed of the tests says of a change happens on the day of its number in the feed.
    await put('a', receiver.url, { filter: { holder: holderOf(1), to: '1970-01-05' } });
    for (const change of [1, 2, 6, 1, 3, 1]) feed.publish(change);
    await start().whenCaughtUp();
    expect(receiver.arrived.map(({ message }) => message)).toMatchObject([
      { type: 'StanceChangeDetected', data: { position: 1, change: { id: changeIdOf(1) } } },
      { type: 'StanceChangeDetected', data: { position: 3, change: { id: changeIdOf(6) } } },
      { type: 'StanceChangeRevised', data: { position: 4 } },
      { type: 'StanceChangeRemoved', data: { position: 6, reason: 'no-match' } },
    ]);
  });

  it('hear that another feed has taken the place of theirs, or that it was put back, and are told all of it', async () => {
    const { feed, put, start, store } = createTelling();
    const receiver = await startReceiver();
    receiver.answer = (message) => ('position' in message.data && message.data.position === 2 ? 500 : 200);
    await put('a', receiver.url);
    for (const change of [1, 2, 3]) feed.publish(change);
    const deliveries = start();
    await expect.poll(async () => (await store.get('a'))?.place.position, until).toBe(3);
    receiver.answer = () => 200;
    feed.replace();
    feed.publish(4);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    const reset = receiver.arrived.findIndex(({ message }) => message.type === 'stance.reset');
    expect(receiver.arrived[reset]?.message).toMatchObject({ data: { feed: 'feed-2', reason: 'unknown-epoch' } });
    expect(receiver.arrived.slice(reset + 1).map(({ id }) => id)).toEqual(['feed-2.1.1']);
    expect(receiver.held).toEqual(feed.setAt(1));
    feed.publish(5);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    feed.putBack(1);
    feed.publish(6);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived.slice(-3).map(({ message }) => message)).toMatchObject([
      { type: 'stance.reset', data: { reason: 'ahead' } },
      { data: { position: 1 } },
      { data: { position: 2 } },
    ]);
    expect(receiver.held).toEqual(feed.setAt(2));
  });

  it('are told all of it anew where the holder answers as another one, or the filter is another', async () => {
    const { feed, put, start, merge } = createTelling();
    const receiver = await startReceiver();
    await put('a', receiver.url, { filter: { holder: holderOf(1) } });
    for (const change of [1, 2, 6]) feed.publish(change);
    const deliveries = start();
    await deliveries.whenCaughtUp();
    expect([...receiver.held.keys()]).toEqual([changeIdOf(1), changeIdOf(6)]);
    merge(holderOf(1), holderOf(2));
    deliveries.notify();
    await expect.poll(() => [...receiver.held.keys()], until).toEqual([changeIdOf(2)]);
    expect(receiver.arrived.at(-2)?.message).toMatchObject({
      type: 'stance.reset',
      data: { reason: 'holder-changed' },
    });
    await put('a', receiver.url);
    deliveries.notify();
    await expect.poll(() => receiver.held, until).toEqual(feed.setAt(3));
    expect(receiver.arrived.at(-4)?.message).toMatchObject({
      type: 'stance.reset',
      data: { reason: 'filter-changed' },
    });
  });

  it('are told nothing anew while the read model is made anew, and does not know of merges yet', async () => {
    const { feed, put, start, merge, forget } = createTelling();
    const receiver = await startReceiver();
    merge(holderOf(1), holderOf(2));
    await put('a', receiver.url, { filter: { holder: holderOf(1) } });
    for (const change of [1, 2]) feed.publish(change);
    const deliveries = start();
    await deliveries.whenCaughtUp();
    forget(1);
    feed.publish(7);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived.map(({ message }) => message.type)).toEqual([
      'StanceChangeDetected',
      'StanceChangeDetected',
    ]);
    expect([...receiver.held.keys()]).toEqual([changeIdOf(2), changeIdOf(7)]);
    // From there on it knows that there is none.
    forget(2);
    deliveries.notify();
    await expect.poll(() => [...receiver.held.keys()], until).toEqual([changeIdOf(1)]);
  });

  it('are told by another URL from the moment that it was put, and nothing once they are paused', async () => {
    const { feed, put, start } = createTelling();
    const [old, next] = [await startReceiver(), await startReceiver()];
    await put('a', old.url);
    for (let change = 1; change <= 30; change += 1) feed.publish(change);
    old.answer = async (_message, count) => {
      if (count === 5) await put('a', next.url);
      return 200;
    };
    next.answer = async (_message, count) => {
      if (count === 5) await put('a', next.url, { paused: true });
      return 200;
    };
    const deliveries = start();
    await expect.poll(() => next.arrived.length, until).toBe(5);
    await deliveries.whenCaughtUp();
    expect(old.arrived).toHaveLength(5);
    // What was on its way is told to whoever is there by then.
    expect(next.arrived[0]?.id).toBe('feed-1.5.0');
    next.answer = () => 200;
    await put('a', next.url);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(new Set([...old.taken(), ...next.taken()].map(({ id }) => id)).size).toBe(30);
    expect(next.arrived.map(({ id }) => id)).toContain('feed-1.30.0');
  });

  it('that are removed and put again at once are told each message once', async () => {
    const { feed, put, start, store } = createTelling();
    const receiver = await startReceiver();
    await put('a', receiver.url);
    const deliveries = start();
    await expect.poll(() => deliveries.status().endpoints, until).toBe(1);
    await store.remove('a');
    feed.publish(1);
    feed.publish(2);
    await put('a', receiver.url);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived.map(({ id }) => id)).toEqual(['feed-1.1.0', 'feed-1.2.0']);
  });

  it('are replayed under other ids', async () => {
    const { feed, put, start, store } = createTelling();
    const receiver = await startReceiver();
    const { place } = await put('a', receiver.url);
    for (const change of [1, 2, 3]) feed.publish(change);
    const deliveries = start();
    await deliveries.whenCaughtUp();
    await store.replay('a', { ...place, position: 1, recordedAt: 1 });
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived.slice(3).map(({ id }) => id)).toEqual(['feed-1.2.1', 'feed-1.3.1']);
  });

  it('are signed by the former secret as well until it is over', async () => {
    const { feed, put, start, store } = createTelling();
    const receiver = await startReceiver();
    const { secret } = await put('a', receiver.url);
    await store.rotate('a', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', Date.now() + 60_000);
    receiver.secrets.push(secret);
    feed.publish(1);
    const deliveries = start();
    await deliveries.whenCaughtUp();
    expect(receiver.taken()).toHaveLength(1);
    await store.rotate('a', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', Date.now() - 1);
    feed.publish(2);
    deliveries.notify();
    await expect.poll(() => receiver.arrived.at(-1)?.status, until).toBe(401);
    receiver.secrets.push('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD');
    await deliveries.whenCaughtUp();
    expect(receiver.taken()).toHaveLength(2);
  });

  it('are each told by one of several who deliver, and by another where that one is gone', async () => {
    const { feed, put, start, openStore } = createTelling();
    const receiver = await startReceiver();
    for (const id of ['a', 'b', 'c']) await put(id, receiver.url);
    for (const change of [1, 2, 3]) feed.publish(change);
    const [one, other] = [start(), start({ store: openStore() })];
    await Promise.all([one.whenCaughtUp(), other.whenCaughtUp()]);
    expect(receiver.arrived).toHaveLength(9);
    await one.stop();
    feed.publish(4);
    other.notify();
    await other.whenCaughtUp();
    expect(receiver.arrived).toHaveLength(12);
  });

  it('finish what is under way when they are stopped, and give up what does not end', async () => {
    const { feed, put, start, store } = createTelling();
    const receiver = await startReceiver();
    const gate = Promise.withResolvers<number>();
    receiver.answer = () => gate.promise;
    await put('a', receiver.url);
    feed.publish(1);
    const deliveries = start();
    await expect.poll(() => deliveries.status().endpoints, until).toBe(1);
    const waits = deliveries.whenCaughtUp({ signal: AbortSignal.timeout(50) });
    await expect(waits).rejects.toThrow(/timeout/);
    await deliveries.stop({ deadline: 20 });
    expect(await store.get('a')).toMatchObject({ place: { position: 0 }, pending: 0, lastFailure: null });
    gate.resolve(200);
    receiver.answer = () => 200;
    await start().whenCaughtUp();
    expect(receiver.held).toEqual(feed.setAt(1));
  });
});
