import { createOrderedLog, type MemberListener, type OrderedLogOptions } from '@stance/distribution';
import { describe, expect, it, onTestFinished } from 'vitest';

import { linked, logOf, storeOf } from './support/log.ts';

const log = logOf({ gaps: [10, 10, 10, 10, 10, 10], holders: [0] });
const links = linked(log);
const event = (number: number) => ({ kind: 'event' as const, linked: links[number - 1] ?? never() });
const mark = (count: number) => ({
  kind: 'watermark' as const,
  watermark: { position: count * 10, count, recordedAt: 1000 },
});

function never(): never {
  throw new Error('there are only six');
}

/** An ordered log whose group the test plays: it tells what comes in, and keeps what it was told. */
async function open(options: Partial<OrderedLogOptions> = {}) {
  const told: string[] = [];
  const listening: { current?: MemberListener } = {};
  const store = storeOf(log);
  const ordered = await createOrderedLog({
    store,
    join: async (given) => {
      listening.current = given;
      return {
        resume: (partition) => void told.push(`resume ${partition}`),
        handled: (partition, offset) => void told.push(`handled ${partition} ${offset}`),
        close: async () => void told.push('close'),
      };
    },
    ...options,
  });
  onTestFinished(() => ordered.close());
  const { current: listener } = listening;
  if (listener === undefined) throw new Error('it has not joined');
  return { ordered, listener, store, told };
}

describe('the ordered log', () => {
  it('says who is active, and lets one wait for that', async () => {
    const { ordered, listener } = await open();
    expect(ordered.status()).toMatchObject({ state: 'standby', generation: 0, lag: null });
    const active = ordered.whenActive();
    listener.onActive({ generation: 7, partitions: 2 });
    await active;
    await ordered.whenActive();
    expect(ordered.status()).toMatchObject({ state: 'active', generation: 1 });
    listener.onStandby();
    expect(ordered.status().state).toBe('standby');
    const aborting = new AbortController();
    const aborted = ordered.whenActive(aborting.signal);
    aborting.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    const waiting = ordered.whenActive();
    await ordered.close();
    await expect(waiting).rejects.toMatchObject({ code: 'distribution-closed' });
    await expect(ordered.head()).rejects.toMatchObject({ code: 'distribution-closed' });
    await expect(ordered.readAll({ after: 0, limit: 1 })).rejects.toMatchObject({ code: 'distribution-closed' });
  });

  it('gives what is next only, and the rest once that has come', async () => {
    const { ordered, listener } = await open();
    listener.onActive({ generation: 1, partitions: 2 });
    listener.onRecords({ partition: 0, offset: 0n, records: [event(2), event(3)] });
    expect(await ordered.readAll({ after: 0, limit: 10 })).toEqual({ events: [], position: 0 });
    listener.onRecords({ partition: 1, offset: 0n, records: [event(1), mark(3)] });
    expect(await ordered.readAll({ after: 0, limit: 10 })).toEqual({ events: log.slice(0, 3), position: 30 });
    expect(await ordered.readAll({ after: 0, limit: 2 })).toEqual({ events: log.slice(0, 2), position: 20 });
    const prefixed = await ordered.readAll({ after: 0, limit: 3, streamPrefixes: ['statement-1'] });
    expect(prefixed).toEqual({ events: [log[1]], position: 30 });
  });

  it('forgets what it had when partitions are given anew', async () => {
    const { ordered, listener } = await open({ clock: () => 0 });
    listener.onActive({ generation: 1, partitions: 1 });
    listener.onRecords({ partition: 0, offset: 0n, records: [event(1)] });
    listener.onActive({ generation: 2, partitions: 1 });
    expect((await ordered.readAll({ after: 0, limit: 10 })).events).toEqual([]);
    expect(ordered.status().generation).toBe(2);
  });

  it('tells the head, of the store at first and then of what comes in, and whoever listens', async () => {
    const { ordered, listener, store } = await open();
    expect(await ordered.head()).toBe(60);
    listener.onActive({ generation: 1, partitions: 1 });
    const heads: number[] = [];
    const end = ordered.onHead((head) => void heads.push(head));
    listener.onRecords({ partition: 0, offset: 0n, records: [{ ...mark(9) }] });
    await Promise.resolve();
    expect(heads).toEqual([90]);
    expect(await ordered.head()).toBe(90);
    end();
    listener.onRecords({ partition: 0, offset: 1n, records: [mark(10)] });
    await Promise.resolve();
    expect(heads).toEqual([90]);
    expect(store.reads()).toBe(0);
  });

  it('asks a partition to wait when it has enough of it, and to go on when half of that is passed', async () => {
    const { ordered, listener, told } = await open({ limits: { events: 3, dataLength: 10_000 } });
    listener.onActive({ generation: 1, partitions: 2 });
    expect(listener.onRecords({ partition: 0, offset: 5n, records: [event(1), event(2), event(3)] })).toBe(true);
    expect(listener.onRecords({ partition: 0, offset: 8n, records: [event(4), mark(4)] })).toBe(false);
    expect(listener.onRecords({ partition: 1, offset: 0n, records: [mark(4)] })).toBe(true);
    expect((await ordered.readAll({ after: 0, limit: 2 })).position).toBe(20);
    expect(told).toEqual(['handled 0 5', 'handled 1 1']);
    told.length = 0;
    await ordered.readAll({ after: 20, limit: 1 });
    expect(told).toEqual(['handled 0 7']);
    told.length = 0;
    await ordered.readAll({ after: 30, limit: 1 });
    expect(told).toEqual(['handled 0 8', 'resume 0']);
    await ordered.readAll({ after: 40, limit: 1 });
    expect(told.at(-1)).toBe('handled 0 10');
  });

  it('reads a hole from the store, and no more than that', async () => {
    const { ordered, listener, store } = await open({ clock: () => 0 });
    listener.onActive({ generation: 1, partitions: 2 });
    listener.onRecords({ partition: 0, offset: 0n, records: [event(4), mark(6)] });
    expect((await ordered.readAll({ after: 0, limit: 10 })).events).toEqual([]);
    listener.onRecords({ partition: 1, offset: 0n, records: [event(5), mark(6)] });
    expect((await ordered.readAll({ after: 0, limit: 10 })).events).toEqual(log.slice(0, 3));
    expect((await ordered.readAll({ after: 30, limit: 10 })).events).toEqual(log.slice(3, 5));
    expect((await ordered.readAll({ after: 50, limit: 10 })).events).toEqual(log.slice(5));
    expect(await ordered.readAll({ after: 60, limit: 10 })).toEqual({ events: [], position: 60 });
    expect(ordered.status()).toMatchObject({ filled: 4, lag: 0 });
    // Two holes, and once to know the log by.
    expect(store.reads()).toBe(3);
  });

  it('reads from the store what is long in coming though something behind it has come', async () => {
    let now = 0;
    const { ordered, listener } = await open({ clock: () => now, patience: 1000 });
    listener.onActive({ generation: 1, partitions: 2 });
    listener.onRecords({ partition: 0, offset: 0n, records: [event(2), mark(6)] });
    expect((await ordered.readAll({ after: 0, limit: 2 })).events).toEqual([]);
    now = 999;
    expect((await ordered.readAll({ after: 0, limit: 2 })).events).toEqual([]);
    now = 1000;
    expect((await ordered.readAll({ after: 0, limit: 2 })).events).toEqual(log.slice(0, 2));
    // The partition is as stuck as before.
    expect((await ordered.readAll({ after: 20, limit: 2 })).events).toEqual(log.slice(2, 4));
  });

  it('tells how many events it is behind, where that is known', async () => {
    const { ordered, listener } = await open({ clock: () => 0 });
    listener.onActive({ generation: 1, partitions: 1 });
    await ordered.readAll({ after: 20, limit: 1 });
    expect(ordered.status().lag).toBeNull();
    listener.onRecords({ partition: 0, offset: 0n, records: [event(2), event(3), event(4), mark(6)] });
    expect(ordered.status().lag).toBe(4);
    await ordered.readAll({ after: 40, limit: 1 });
    expect(ordered.status().lag).toBe(2);
  });

  it('reads all from the store where the topic holds the events of another one, and says so', async () => {
    const faults: (string | undefined)[] = [];
    const { ordered, listener } = await open({ clock: () => 0, onFault: (fault) => faults.push(fault?.code) });
    listener.onActive({ generation: 1, partitions: 1 });
    const other = {
      kind: 'event' as const,
      linked: { ...event(1).linked, event: { ...event(1).linked.event, id: 'x' } },
    };
    listener.onRecords({ partition: 0, offset: 0n, records: [other, mark(1)] });
    expect((await ordered.readAll({ after: 0, limit: 4 })).events).toEqual(log.slice(0, 4));
    expect((await ordered.readAll({ after: 40, limit: 4 })).events).toEqual(log.slice(4));
    expect(ordered.status().fault).toMatchObject({ code: 'distribution-misconfigured' });
    expect(faults).toEqual(['distribution-misconfigured']);
    listener.onStandby();
    expect(faults).toEqual(['distribution-misconfigured', undefined]);
  });

  it('counts records that cannot be read, and tells what the member tries again', async () => {
    const faults: (string | undefined)[] = [];
    const { ordered, listener } = await open({ onFault: (told) => faults.push(told?.message) });
    listener.onActive({ generation: 1, partitions: 1 });
    listener.onRecords({ partition: 0, offset: 0n, records: [{ kind: 'unreadable', reason: 'damaged' }] });
    expect(ordered.status().unreadable).toBe(1);
    const fault = { code: 'distribution-unavailable' as const, message: 'nobody answers' };
    listener.onFault(fault);
    expect(ordered.status().fault).toEqual(fault);
    listener.onFault(null);
    expect(ordered.status().fault).toBeNull();
    expect(faults).toEqual(['nobody answers', undefined]);
  });

  it('gives nothing of a store that it was reading when its time as the active one ended', async () => {
    const reading = Promise.withResolvers<void>();
    const slow = { ...storeOf(log), readAll: async () => reading.promise.then(() => ({ events: log, position: 60 })) };
    const { ordered, listener } = await open({ store: slow });
    listener.onActive({ generation: 1, partitions: 1 });
    listener.onRecords({ partition: 0, offset: 0n, records: [mark(6)] });
    const page = ordered.readAll({ after: 0, limit: 10 });
    listener.onActive({ generation: 2, partitions: 1 });
    reading.resolve();
    expect(await page).toEqual({ events: [], position: 0 });
  });
});
