import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import {
  createClient,
  type ChangeAnswer,
  type ChangeCopy,
  type ChangeEvent,
  type Client,
  type StatementInput,
} from '../src/index.ts';
import { startCuttingProxy } from './support/cutting-proxy.ts';
import { startScriptedServer } from './support/scripted-server.ts';
import { startService, type TestService } from './support/service.ts';

vi.setConfig({ testTimeout: 120_000 });

const quickly = { firstWait: 1, longestWait: 20 } as const;
/** A service that is away while it is started again is waited for, however slow the machine is. */
const patiently = { ...quickly, tries: 100_000 } as const;
const rounds = process.env['CI'] === 'true' ? 60 : 5;
/** In seconds. */
const disconnectedFor = process.env['CI'] === 'true' ? 60 : 1;

const newService = async (): Promise<TestService> => {
  const service = await startService();
  onTestFinished(() => service.remove());
  return service;
};

const directions = ['support', 'oppose', 'neutral'] as const;

/** The `n`th of statements that come to changes of all kinds, some of which are taken back again. */
const statement = (n: number): StatementInput => ({
  id: `s-${n}`,
  holder: `h-${n % 5}`,
  proposition: 'tax',
  direction: directions[Math.floor(n / 7) % 3],
  saidAt: `2024-${String(1 + (Math.floor(n / 28) % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
  quote: { exact: `words ${n}`, directness: n % 3 === 0 ? 'direct' : 'paraphrase' },
});

const recordSome = async (client: Client, from: number, to: number): Promise<void> => {
  const some = Array.from({ length: to - from }, (_, at) => statement(from + at));
  for await (const { outcome } of client.statements.recordAll(some, { createMissing: true }))
    if (outcome === 'rejected') throw new Error('a statement was rejected');
};

const currentSet = async (client: Client): Promise<ReadonlyMap<string, ChangeAnswer>> => {
  const set = new Map<string, ChangeAnswer>();
  // A stream names whose and what by their ids alone.
  for await (const { holderName: _holder, propositionText: _text, ...change } of client.changes.list())
    set.set(change.id, change);
  return set;
};

const copyOf = (client: Client, onEvent?: (event: ChangeEvent) => void): ChangeCopy => {
  const copy = client.changes.copy({}, { onEvent });
  onTestFinished(() => copy.stop());
  return copy;
};

/** The current set is answered by the read model; the copy has what was published of it. */
const expectEqual = async (copy: ChangeCopy, client: Client): Promise<void> => {
  await copy.whenCaughtUp();
  expect(new Map(copy.changes)).toEqual(await currentSet(client));
};

describe('following changes', () => {
  test(
    'goes on through cut connections and restarts: nothing missed, nothing twice',
    { timeout: 600_000 },
    async () => {
      const service = await newService();
      const direct = createClient({ baseUrl: service.url, retry: quickly });
      await recordSome(direct, 0, 20);
      let done = 20;
      let cuts = 0;
      const told = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 2, maxLength: 8 }),
          fc.boolean(),
          async (budgets, restarts) => {
            const cutsAt = budgets.values();
            const proxy = await startCuttingProxy(service.url, () => cutsAt.next().value);
            const client = createClient({ baseUrl: proxy.url, retry: patiently });
            const ids: string[] = [];
            const onEvent = ({ id, type }: ChangeEvent): void => {
              told.add(type);
              if (type !== 'position') ids.push(id);
            };
            const copy = client.changes.copy({}, { onEvent });
            try {
              await recordSome(direct, done, done + 15);
              done += 15;
              if (restarts) {
                await service.stop();
                await service.start();
              }
              await recordSome(direct, done, done + 15);
              done += 15;
              await direct.statements.retract(`s-${done - 3}`, { reason: 'never said' });
              await expectEqual(copy, direct);
              expect(ids).toEqual([...new Set(ids)]);
            } finally {
              await copy.stop();
              await proxy.close();
              cuts += proxy.cuts();
            }
          },
        ),
        { numRuns: rounds, endOnFailure: true },
      );
      expect(cuts).toBeGreaterThan(0);
      expect([...told]).toEqual(
        // A few rounds seldom take back all of a change.
        expect.arrayContaining([
          'StanceChangeDetected',
          ...(rounds > 5 ? ['StanceChangeRevised', 'StanceChangeRemoved'] : []),
        ]),
      );
    },
  );

  test(`stays a copy of the set through ${disconnectedFor} s of connections that are cut at random`, async () => {
    const service = await newService();
    const direct = createClient({ baseUrl: service.url, retry: quickly });
    // Some do not get as far as an answer, some get through a few hundred events.
    const proxy = await startCuttingProxy(service.url, () => [30, 300, 3000, 30_000][Math.floor(Math.random() * 4)]);
    onTestFinished(() => proxy.close());
    const copy = copyOf(createClient({ baseUrl: proxy.url, retry: patiently }));
    const end = performance.now() + disconnectedFor * 1000;
    let done = 0;
    while (performance.now() < end) {
      await recordSome(direct, done, done + 5);
      done += 5;
      if (done % 15 === 0) await direct.statements.retract(`s-${done - 2}`, { reason: 'never said' });
      await direct.whenCaughtUp();
    }
    await expectEqual(copy, direct);
    expect(proxy.cuts()).toBeGreaterThan(disconnectedFor);
  });

  test('goes on from where it was told, and says where it is', async () => {
    const service = await newService();
    const client = createClient({ baseUrl: service.url, retry: quickly });
    await recordSome(client, 0, 30);
    const copy = copyOf(client);
    await copy.whenCaughtUp();
    const after = copy.id;
    if (after === undefined) throw new Error('it was told nothing');
    const stop = new AbortController();
    const events = client.changes.follow({ after }, { signal: stop.signal });
    expect((await events.next()).value).toMatchObject({ type: 'position', id: after });
    await recordSome(client, 30, 60);
    expect((await events.next()).value).toMatchObject({ type: expect.stringMatching(/^StanceChange/) });
    stop.abort();
    for await (const event of events) expect(event.id).not.toBe(after);
  });

  test('tells of a new feed with a reset, and the copy becomes that', async () => {
    const service = await newService();
    const client = createClient({ baseUrl: service.url, retry: quickly });
    await recordSome(client, 0, 40);
    const types = new Set<string>();
    const copy = copyOf(client, ({ type }) => types.add(type));
    await expectEqual(copy, client);
    await service.stop();
    for (const end of ['', '-wal', '-shm']) await rm(join(service.folder, `feed.db${end}`), { force: true });
    await service.start();
    await expect.poll(() => types, { timeout: 20_000 }).toContain('reset');
    await recordSome(client, 40, 60);
    await expectEqual(copy, client);
  });

  test('narrows the copy to what is asked for', async () => {
    const service = await newService();
    const client = createClient({ baseUrl: service.url, retry: quickly });
    await recordSome(client, 0, 40);
    // Until then there is nobody of that name.
    await client.whenCaughtUp();
    const copy = client.changes.copy({ holder: 'h-1', status: ['confirmed'] });
    onTestFinished(() => copy.stop());
    await copy.whenCaughtUp();
    const all = await currentSet(client);
    const expected = [...all].filter(([, { holder, status }]) => holder === 'h-1' && status === 'confirmed');
    expect(new Map(copy.changes)).toEqual(new Map(expected));
    expect(copy.changes.size).toBeGreaterThan(0);
  });

  test('has what follows from a statement once it has passed its position', async () => {
    const service = await newService();
    const client = createClient({ baseUrl: service.url, retry: quickly });
    const copy = copyOf(client);
    const { position } = await client.statements.record(statement(0), { createMissing: true });
    await copy.whenPassed(position);
    expect([...copy.changes.values()]).toMatchObject([{ holder: 'h-0', kind: 'first' }]);
  });

  test('follows statements, corrections and retractions through cut connections', async () => {
    const service = await newService();
    const direct = createClient({ baseUrl: service.url, retry: quickly });
    await recordSome(direct, 0, 12);
    await direct.statements.correct('s-3', { reason: 'misread', strength: 0.9 });
    await direct.statements.retract('s-4', { reason: 'never said' });
    await direct.whenCaughtUp();
    const budgets = [700, 2500, 4000, 5000].values();
    const proxy = await startCuttingProxy(service.url, () => budgets.next().value);
    onTestFinished(() => proxy.close());
    const client = createClient({ baseUrl: proxy.url, retry: patiently });
    const told: string[] = [];
    for await (const event of client.statements.follow({ after: '0' })) {
      if (event.type === 'position') break;
      if ('statement' in event) told.push(`${event.type} ${event.statement.id}`);
    }
    const made = Array.from({ length: 12 }, (_, n) => `StatementMade s-${n}`);
    expect(told.slice(0, 12).toSorted()).toEqual(made.toSorted());
    expect(told.slice(12)).toEqual(['StatementCorrected s-3', 'StatementRetracted s-4']);
    expect(proxy.cuts()).toBeGreaterThan(0);
  });
});

describe('a connection', () => {
  const begin = 'retry: 5\n\nid: e.1\nevent: position\ndata: {}\n\n';

  test('that gives no sign of life is made anew, and comments are one', async () => {
    const server = await startScriptedServer(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(begin);
        let beats = 0;
        const beating = setInterval(() => (beats++ < 5 ? response.write(':\n\n') : clearInterval(beating)), 100);
      },
      (response) => {
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .write('id: e.2\nevent: later-version\ndata: {}\n\nid: e.3\nevent: position\ndata: {}\n\n');
      },
    );
    const lost: string[] = [];
    const began = performance.now();
    const events = createClient({ baseUrl: server.url }).changes.follow(
      { after: 'e.0' },
      { silence: 250, onReconnect: ({ message }) => lost.push(message) },
    );
    expect((await events.next()).value).toEqual({ type: 'position', id: 'e.1' });
    expect((await events.next()).value).toEqual({ type: 'position', id: 'e.3' });
    await events.return();
    // The beats kept it alive beyond what silence alone would have.
    expect(performance.now() - began).toBeGreaterThan(500);
    expect(lost).toEqual([`${server.url} gave no sign of life for 250 ms`]);
    expect(server.asked).toEqual(['GET /v1/changes/stream?after=e.0', 'GET /v1/changes/stream?after=e.1']);
  });

  test('is not read further than its events are taken', async () => {
    const line = `id: e.1\nevent: StanceChangeDetected\ndata: {"change":"${'x'.repeat(1000)}"}\n\n`;
    let taken = 0;
    const server = await startScriptedServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const push = (): void => {
        while (taken < 100_000) {
          taken++;
          if (!response.write(line)) {
            response.once('drain', push);
            return;
          }
        }
      };
      push();
    });
    const events = createClient({ baseUrl: server.url }).changes.follow({ after: '0' });
    await events.next();
    let before = -1;
    // It stands still once the buffers between are full.
    await expect
      .poll(
        () => {
          const still = taken === before;
          before = taken;
          return still;
        },
        { interval: 300 },
      )
      .toBe(true);
    expect(taken).toBeLessThan(50_000);
    await events.return();
  });

  test('is not made again where the service refuses', async () => {
    const service = await newService();
    const client = createClient({ baseUrl: service.url });
    await expect(client.changes.follow({ after: 'no id' }).next()).rejects.toMatchObject({ code: 'invalid-input' });
    const copy = client.changes.copy({ holder: 'nobody' });
    await expect(copy.ended).rejects.toMatchObject({ code: 'unknown-actor' });
    await expect(copy.whenCaughtUp()).rejects.toMatchObject({ name: 'ClientError' });
  });

  test('ends quietly with its signal, also while it waits to be made again', async () => {
    const server = await startScriptedServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`retry: 3600000\n\n${begin.slice(10)}`);
    });
    const stop = new AbortController();
    const client = createClient({ baseUrl: server.url, retry: { longestWait: 3_600_000 } });
    const seen: ChangeEvent[] = [];
    const all = (async () => {
      for await (const event of client.changes.follow({}, { signal: stop.signal, onReconnect: () => stop.abort() }))
        seen.push(event);
    })();
    await all;
    expect(seen).toEqual([{ type: 'position', id: 'e.1' }]);
  });
});
