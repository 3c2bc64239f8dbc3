import { changeIdOf } from '@stance/feed/memory';
import { describe, expect, it } from 'vitest';

import { startReceiver } from './support/receiver.ts';
import { createTelling } from './support/telling.ts';

const until = { timeout: 10_000, interval: 5 };

describe('webhooks', () => {
  it('are tried again after a failure, by the same message, while others go on', async () => {
    const { feed, put, start } = createTelling();
    const receiver = await startReceiver();
    let failures = 2;
    receiver.answer = (message) => {
      const isBad =
        message.type !== 'stance.reset' && 'change' in message.data && message.data.change.id === changeIdOf(1);
      return isBad && failures-- > 0 ? 500 : 200;
    };
    await put('a', receiver.url);
    for (const change of [1, 2, 1, 3]) feed.publish(change);
    await start().whenCaughtUp();
    const ids = receiver.taken().map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['feed-1.1.0', 'feed-1.2.0', 'feed-1.3.0', 'feed-1.4.0']);
    // Messages about one change keep their order.
    expect(ids.indexOf('feed-1.1.0')).toBeLessThan(ids.indexOf('feed-1.3.0'));
    expect(ids[0]).toBe('feed-1.2.0');
    expect(receiver.held).toEqual(feed.setAt(4));
  });

  it('have what is never taken among their dead letters, and what follows it told', async () => {
    const { feed, put, start, store, warned } = createTelling();
    const receiver = await startReceiver();
    receiver.answer = (message) => ('position' in message.data && message.data.position === 1 ? 500 : 200);
    await put('a', receiver.url);
    for (const change of [1, 1, 2]) feed.publish(change);
    const deliveries = start();
    await deliveries.whenCaughtUp();
    expect(receiver.arrived.filter(({ id }) => id === 'feed-1.1.0')).toHaveLength(4);
    expect(receiver.taken().map(({ id }) => id)).toEqual(['feed-1.3.0', 'feed-1.2.0']);
    expect(await store.deadLetters('a', 10)).toMatchObject([
      { message: 'feed-1.1.0', attempts: 4, dueAt: null, failure: { status: 500, message: 'it answered 500' } },
    ]);
    expect(warned).toEqual(['webhook a: the message feed-1.1.0 was given up: it answered 500']);
    receiver.answer = () => 200;
    expect(await store.retry('a', 'feed-1.1.0', Date.now())).toBe(true);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.taken().at(-1)?.id).toBe('feed-1.1.0');
    expect(await store.get('a')).toMatchObject({ pending: 0, dead: 0 });
  });

  it('that take nothing are not told everything in vain, and all of it once they take something', async () => {
    const { feed, put, start, store } = createTelling([50, 50, 50, 50, 50, 50, 50, 50, 50, 50]);
    const receiver = await startReceiver();
    let isDown = true;
    receiver.answer = () => (isDown ? 503 : 200);
    await put('a', receiver.url);
    for (let change = 1; change <= 40; change += 1) feed.publish(change);
    const deliveries = start();
    await expect.poll(() => receiver.arrived.length, until).toBeGreaterThan(12);
    expect(new Set(receiver.arrived.map(({ id }) => id)).size).toBe(5);
    expect(await store.get('a')).toMatchObject({ pending: 5, streak: 5, place: { position: 5 } });
    isDown = false;
    await deliveries.whenCaughtUp();
    expect(receiver.held).toEqual(feed.setAt(40));
  });

  it('that take nothing for as long as a message is tried are disabled until they are put again', async () => {
    const { feed, put, start, store, warned } = createTelling();
    const receiver = await startReceiver();
    receiver.answer = () => 500;
    await put('a', receiver.url);
    for (let change = 1; change <= 9; change += 1) feed.publish(change);
    const deliveries = start();
    await expect.poll(async () => (await store.get('a'))?.disabled, until).toBe('failing');
    expect(warned.at(-1)).toBe('webhook a: it is told nothing any more: it answered 500');
    receiver.answer = () => 200;
    const before = await store.get('a');
    expect((before?.pending ?? 0) + (before?.dead ?? 0)).toBe(5);
    await put('a', receiver.url);
    for (const { message } of await store.deadLetters('a', 10)) await store.retry('a', message, Date.now());
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.held).toEqual(feed.setAt(9));
  });

  it('that say that they are gone are disabled at once', async () => {
    const { feed, put, start, store } = createTelling();
    const receiver = await startReceiver();
    receiver.answer = () => 410;
    await put('a', receiver.url);
    for (const change of [1, 2]) feed.publish(change);
    const deliveries = start();
    await expect.poll(async () => (await store.get('a'))?.disabled, until).toBe('gone');
    expect(receiver.arrived).toHaveLength(1);
    receiver.answer = () => 200;
    await put('a', receiver.url);
    deliveries.notify();
    await deliveries.whenCaughtUp();
    expect(receiver.held).toEqual(feed.setAt(2));
  });

  it('do not end, nor are told anything in vain, while the feed or the store fails', async () => {
    const { feed, put, start, warned } = createTelling();
    const receiver = await startReceiver();
    await put('a', receiver.url);
    feed.publish(1);
    let isDown = true;
    const frail = {
      ...feed.reader,
      readFeed: (page: { readonly after: number; readonly limit: number }) =>
        isDown ? Promise.reject(new Error('the feed is away')) : feed.reader.readFeed(page),
    };
    const deliveries = start({ feed: frail });
    await expect.poll(() => deliveries.status().fault, until).toBe('the feed is away');
    isDown = false;
    await deliveries.whenCaughtUp();
    await expect.poll(() => deliveries.status().fault, until).toBeNull();
    expect(warned).toEqual(['webhook a does not get on, and is tried again']);
  });
});
