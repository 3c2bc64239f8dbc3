import { randomUUID } from 'node:crypto';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import type { EventStoreDb, Followed, FollowedLog } from '@stance/event-store/eventstoredb';

import { simulatorForTest, storeForTest } from './servers.ts';

async function append(store: EventStoreDb, count: number): Promise<number> {
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    const event = {
      id: randomUUID(),
      type: 'Happened',
      schemaVersion: 1,
      data: '{}',
      metadata: { correlationId: 'c' },
    };
    const [result] = await store.append([{ stream: randomUUID(), expectedRevision: -1, events: [event] }]);
    if (result?.outcome === 'appended') ({ position } = result);
  }
  return position;
}

/** Takes all that is given, as long as the test runs, and keeps it. */
function take(store: EventStoreDb, after: number) {
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const log = store.follow({ after, signal: ending.signal });
  const taken: Followed[] = [];
  const done = takeAll(log, taken);
  return { log, taken, done, end: () => ending.abort(), positions: () => positionsOf(taken) };
}

async function takeAll(log: FollowedLog, taken: Followed[]): Promise<void> {
  for await (const said of log) taken.push(said);
}

const positionsOf = (taken: readonly Followed[]): number[] =>
  taken.flatMap((said) => (said.kind === 'event' ? [said.event.position] : []));

const kinds = (taken: readonly Followed[]) => taken.map(({ kind }) => kind);

async function wholeLog(store: EventStoreDb): Promise<number[]> {
  return (await store.readAll({ after: 0, limit: 10_000 })).events.map(({ position }) => position);
}

/** Enough for a machine that is busy with other things. */
const patience = { timeout: 20_000 };

describe('following EventStoreDB (simulator)', () => {
  it('gives what is there, says that it has caught up, and then what comes', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    await append(store, 3);
    const { log, taken } = take(store, 0);
    await vi.waitFor(() => expect(kinds(taken)).toEqual(['event', 'event', 'event', 'caught-up']), patience);
    expect(log.status()).toMatchObject({ state: 'live', restarts: 0 });
    await append(store, 2);
    await vi.waitFor(() => expect(kinds(taken).slice(4)).toEqual(['event', 'event']), patience);
    expect(positionsOf(taken)).toEqual(await wholeLog(store));
  });

  it('goes on after a position, and leaves out what is not of this event store', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator, { streamPrefix: 'mine-' });
    const other = await storeForTest(simulator, { streamPrefix: 'other-' });
    const after = await append(store, 2);
    simulator.log.appendOfServer();
    await append(other, 2);
    const last = await append(store, 1);
    const { taken } = take(store, after);
    await vi.waitFor(() => expect(kinds(taken)).toContain('caught-up'), patience);
    expect(positionsOf(taken)).toEqual([last]);
  });

  it('resumes after every broken connection, without loss and without duplicates', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    const { log, taken, positions } = take(store, 0);
    for (let round = 1; round <= 10; round += 1) {
      await append(store, 20);
      await vi.waitFor(() => expect(positions().length).toBeGreaterThan((round - 1) * 20), patience);
      simulator.dropConnections();
      if (round % 3 === 0) simulator.faults.meetNext('subscribe', 'not-ready', 'internal', 'drop-before');
    }
    await append(store, 1);
    await vi.waitFor(() => expect(positions()).toHaveLength(201), patience);
    expect(positions()).toEqual(await wholeLog(store));
    expect(log.status().restarts).toBeGreaterThanOrEqual(10);
    expect(kinds(taken)).toContain('fell-behind');
  });

  it('gives an event once, however often the server sends it', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    await append(store, 5);
    const { positions } = take(store, 0);
    await vi.waitFor(() => expect(positions()).toHaveLength(5), patience);
    const before = simulator.subscriptions.sent();
    simulator.subscriptions.repeat(4);
    await vi.waitFor(() => expect(simulator.subscriptions.sent()).toBe(before + 4), patience);
    await append(store, 1);
    await vi.waitFor(() => expect(positions()).toHaveLength(6), patience);
    expect(positions()).toEqual(await wholeLog(store));
  });

  it('never calls a checkpoint what has not been taken, whatever the server calls one', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator, { appendsAtOnce: 100 });
    await Promise.all(Array.from({ length: 50 }, () => append(store, 50)));
    const checkpoints: number[] = [];
    let last = 0;
    const ending = new AbortController();
    for await (const said of store.follow({ after: 0, signal: ending.signal })) {
      // The server has sent much more by now than was taken.
      if (said.kind === 'event') last = said.event.position;
      else expect(said.position).toBe(last);
      if (said.kind === 'checkpoint') checkpoints.push(said.position);
      if (said.kind === 'caught-up') break;
    }
    expect(last).toBe(await store.head());
    expect(checkpoints.length).toBeGreaterThan(1);
    expect(checkpoints).toEqual(checkpoints.toSorted((a, b) => a - b));
  });

  it('holds the server back where it is taken slowly', async () => {
    const simulator = await simulatorForTest({ maxAppendSize: 16 * 1024 * 1024 });
    const store = await storeForTest(simulator);
    const data = JSON.stringify('x'.repeat(100_000));
    for (let index = 0; index < 600; index += 1) {
      const event = { id: randomUUID(), type: 'Large', schemaVersion: 1, data, metadata: { correlationId: 'c' } };
      await store.append([{ stream: `s-${index}`, expectedRevision: -1, events: [event] }]);
    }
    const ending = new AbortController();
    const iterator = store.follow({ after: 0, signal: ending.signal })[Symbol.asyncIterator]();
    await iterator.next();
    let before = -1;
    await vi.waitFor(
      () => {
        const sent = simulator.subscriptions.sent();
        const still = sent === before;
        before = sent;
        expect(still).toBe(true);
      },
      { interval: 100, timeout: 20_000 },
    );
    expect(before).toBeLessThan(600);
    let taken = 1;
    for (
      let said = await iterator.next();
      !said.done && said.value.kind !== 'caught-up';
      said = await iterator.next()
    ) {
      if (said.value.kind === 'event') taken += 1;
    }
    expect(taken).toBe(600);
    ending.abort();
    expect(await iterator.next()).toMatchObject({ done: true });
  });

  it('says that it fell behind where the server does, and when it has caught up again', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    const { log, taken } = take(store, 0);
    await vi.waitFor(() => expect(log.status().state).toBe('live'), patience);
    simulator.subscriptions.fallBehind();
    await vi.waitFor(() => expect(kinds(taken)).toEqual(['caught-up', 'fell-behind', 'caught-up']), patience);
    expect(log.status()).toMatchObject({ state: 'live', restarts: 0 });
  });

  it('never gives up: it rests longer each time, says why it is down, and goes on when the server is back', async () => {
    const simulator = await simulatorForTest();
    const rests: number[] = [];
    const back = Promise.withResolvers<void>();
    const store = await storeForTest(simulator, {
      random: () => 1,
      rest: async (milliseconds) => {
        rests.push(milliseconds);
        if (rests.length === 40) back.resolve();
        // Whoever rests lets others go on.
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
    const { log, taken } = take(store, 0);
    await vi.waitFor(() => expect(log.status().state).toBe('live'), patience);
    await simulator.goAway();
    await back.promise;
    expect(log.status()).toMatchObject({
      state: 'down',
      failure: { code: 'event-store-unavailable', retryable: true },
    });
    expect(rests.slice(0, 3)).toEqual([100, 200, 400]);
    expect(Math.max(...rests)).toBe(30_000);
    await simulator.comeBack();
    await vi.waitFor(() => expect(kinds(taken)).toEqual(['caught-up', 'fell-behind', 'caught-up']), {
      timeout: 20_000,
    });
    expect(log.status()).toMatchObject({ state: 'live' });
  });

  it('goes on where it is refused, since a password can be set right', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    simulator.faults.meetNext('subscribe', 'denied', 'denied');
    const { log } = take(store, 0);
    await vi.waitFor(() => expect(log.status()).toMatchObject({ state: 'live', restarts: 2 }), patience);
  });

  it('ends where it is aborted: while it waits for events, while it rests, and before it begins', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    const live = take(store, 0);
    await vi.waitFor(() => expect(live.log.status().state).toBe('live'), patience);
    live.end();
    await live.done;
    expect(live.log.status().state).toBe('ended');
    await vi.waitFor(() => expect(simulator.subscriptions.count()).toBe(0), patience);

    const patient = await storeForTest(simulator, {
      rest: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    });
    simulator.faults.meetNext('subscribe', 'not-ready');
    const resting = take(patient, 0);
    await vi.waitFor(() => expect(resting.log.status().state).toBe('down'), patience);
    resting.end();
    await resting.done;

    const before = take(store, 0);
    before.end();
    await before.done;
    expect(before.taken).toEqual([]);
  });

  it('ends with the store, and can be left and begun again, but only once at a time', async () => {
    const simulator = await simulatorForTest();
    const store = await storeForTest(simulator);
    await append(store, 2);
    for await (const said of store.follow({ after: 0 })) {
      if (said.kind === 'event') break;
    }
    await vi.waitFor(() => expect(simulator.subscriptions.count()).toBe(0), patience);
    const { done } = take(store, 0);
    expect(() => store.follow({ after: 0 })).toThrow(expect.objectContaining({ code: 'event-store-in-use' }));
    await store.close();
    await done;
  });
});
