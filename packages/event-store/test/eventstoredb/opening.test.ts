import { createServer, type AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { openEventStoreDb } from '@stance/event-store/eventstoredb';

import { simulatorForTest, storeForTest } from './servers.ts';

const event = (id: string) => ({
  id,
  type: 'Happened',
  schemaVersion: 1,
  data: '{}',
  metadata: { correlationId: 'c' },
});

/** The message of what opening fails with, and its code. */
async function failure(url: string, streamPrefix = ''): Promise<{ code: string; message: string; retryable: boolean }> {
  return openEventStoreDb({ url, streamPrefix, deadlineMs: 500 }).then(
    async (store) => {
      await store.close();
      throw new Error('it opened');
    },
    (error: { code: string; message: string; retryable: boolean }) => error,
  );
}

describe('opening an event store on EventStoreDB (simulator)', () => {
  it('says in one line what is wrong with its URL, without the password', async () => {
    for (const [url, what] of [
      ['localhost:2113', 'it is no URL'],
      ['postgres://h/x', 'its scheme is postgres, but must be esdb'],
      ['kurrentdb://h:2113', 'its scheme is kurrentdb, but must be esdb'],
      ['esdb://', 'it names no host'],
      ['esdb://h:port?tls=false', 'h:port is not a host with a port'],
      ['esdb://h:2113', 'a server with TLS wants user and password'],
      ['esdb://me:s3cret@h:2113?tlsVerifyCert=false', 'there is no option tlsVerifyCert'],
      ['esdb://me:s3cret@h:2113?tls=yes', 'tls is true or false, not yes'],
      ['esdb://me:s3c:ret@h:2113', 'before the @ stand user and password'],
      ['esdb://me:s3cret%@h:2113', 'a % in user or password is written %25'],
      ['esdb://me:s3cret@h:2113?tlsCAFile=/nowhere.pem', 'Failed to load certificate file'],
    ] as const) {
      const { code, message } = await failure(url);
      expect([url, code]).toEqual([url, 'event-store-misconfigured']);
      expect(message).toContain(what);
      expect(message).not.toMatch(/\n|s3c/);
    }
    expect(await failure('esdb://h?tls=false', '$mine')).toMatchObject({ code: 'event-store-misconfigured' });
  });

  it('says where a server cannot be reached, in one line', async () => {
    const simulator = await simulatorForTest();
    await simulator.goAway();
    const { code, message, retryable } = await failure(simulator.url);
    expect([code, retryable]).toEqual(['event-store-unavailable', true]);
    expect(message).toMatch(/^esdb:\/\/127\.0\.0\.1:\d+: the server cannot be reached: check host and port[^\n]*$/);
  });

  it('says where a server takes the connection and never answers', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    expect(await failure(`esdb://127.0.0.1:${port}?tls=false`)).toMatchObject({
      code: 'event-store-unavailable',
      message: expect.stringContaining('gave no answer for 500 ms'),
    });
  });

  it('says where user and password are not taken', async () => {
    const simulator = await simulatorForTest();
    simulator.faults.meetNext('read', 'denied');
    expect(await failure(simulator.url)).toMatchObject({
      code: 'event-store-denied',
      retryable: false,
      message: expect.stringContaining('does not take user and password'),
    });
  });

  it('refuses a server that is too old, or no EventStoreDB', async () => {
    for (const version of ['21.10.9.0', '23.6.0.0', null]) {
      const simulator = await simulatorForTest({ version });
      const { code, message } = await failure(simulator.url);
      expect([version, code]).toEqual([version, 'event-store-too-old']);
      expect(message).toMatch(/^[^\n]*at least 23\.10 is needed$/);
    }
    for (const version of ['23.10.0.0', '24.10.4', '25.0.0.1']) {
      await storeForTest(await simulatorForTest({ version }));
    }
  });

  it('tells an event that another program has written from its own, and one of another prefix from its own', async () => {
    const simulator = await simulatorForTest();
    simulator.log.append('theirs', -1, [
      {
        id: crypto.randomUUID(),
        type: 'x',
        contentType: 'application/json',
        data: Buffer.from('{}'),
        metadata: Buffer.from('{}'),
      },
    ]);
    expect(await failure(simulator.url)).toMatchObject({ code: 'event-store-foreign-file' });
    const store = await storeForTest(simulator, { streamPrefix: 'mine-' });
    expect(await store.head()).toBe(0);
  });
});

describe('two processes on one EventStoreDB (simulator)', () => {
  it('see what the other has appended, and are told of it', async () => {
    const simulator = await simulatorForTest();
    const [one, two] = [await storeForTest(simulator), await storeForTest(simulator)];
    const heads: number[] = [];
    one.onHead((head) => heads.push(head));
    const [result] = await two.append([{ stream: 'a', expectedRevision: -1, events: [event(crypto.randomUUID())] }]);
    const position = result?.outcome === 'appended' ? result.position : 0;
    expect(await one.head()).toBe(position);
    await vi.waitFor(() => expect(heads).toEqual([position]), { timeout: 20_000 });
    expect(await one.readStream('a')).toEqual(await two.readStream('a'));
    simulator.log.appendOfServer();
    expect(await one.head()).toBe(position);
  });

  it('leave open whether an instant has passed, until a later stamp is in the log or it is long past', async () => {
    const simulator = await simulatorForTest();
    let now = 100_000;
    const store = await storeForTest(simulator, { clock: () => now, othersLateMs: 60_000 });
    expect(await store.headAt(99_000)).toBe(null);
    expect(await store.headAt(39_000)).toBe(0);
    await store.append([{ stream: 'a', expectedRevision: -1, events: [event(crypto.randomUUID())] }]);
    expect(await store.headAt(99_000)).toBe(await store.head());
    now = 110_000;
    expect(await store.headAt(105_000)).toBe(null);
  });
});

describe('an append of unknown outcome to EventStoreDB (simulator)', () => {
  it('leaves open for a minute whether an instant has passed in a quiet log', async () => {
    const simulator = await simulatorForTest();
    let now = 100_000;
    const store = await storeForTest(simulator, { clock: () => now, othersLateMs: 0, attempts: 1 });
    expect(await store.headAt(99_000)).toBe(0);
    simulator.faults.meetNext('append', 'not-ready');
    const request = { stream: 'a', expectedRevision: -1, events: [event(crypto.randomUUID())] };
    await expect(store.append([request])).rejects.toMatchObject({ code: 'event-store-unavailable' });
    now = 110_000;
    expect(await store.headAt(105_000)).toBe(null);
    now = 170_000;
    expect(await store.headAt(105_000)).toBe(0);
  });
});

describe('what EventStoreDB cannot take (simulator)', () => {
  it('is refused with a RangeError: ids that are no UUIDs in lower case, and streams of the server', async () => {
    const store = await storeForTest(await simulatorForTest());
    for (const [stream, id] of [
      ['a', 'event-1'],
      ['a', crypto.randomUUID().toUpperCase().replace(/^./, 'A')],
      ['$all', crypto.randomUUID()],
    ] as const) {
      await expect(store.append([{ stream, expectedRevision: -1, events: [event(id)] }])).rejects.toThrow(RangeError);
    }
    expect(await store.head()).toBe(0);
  });
});
