import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

import { endpoints } from '@stance/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createClient, type Client } from '../src/index.ts';
import { startService, type TestService } from './support/service.ts';

const waryMethod = fileURLToPath(new URL('../../../tests/support/wary-method.json', import.meta.url));

/** The call of the API that a request is, as `GET /v1/actors/{id}`. */
const callOf = (method: string, path: string): string => {
  const matching = endpoints.filter(
    (endpoint) =>
      endpoint.method.toUpperCase() === method &&
      new RegExp(`^${endpoint.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  // `/v1/methods/compare` is no method of that name.
  const found = matching.find(({ path: own }) => !own.includes('{')) ?? matching[0];
  return `${method} ${found?.path ?? path}`;
};

const taken = new Set<string>();
let service: TestService;
let client: Client;

beforeAll(async () => {
  service = await startService({ STANCE_METHODS: waryMethod, STANCE_WEBHOOKS_ALLOW: '127.0.0.1' });
  client = createClient({
    baseUrl: service.url,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      if (response.ok) taken.add(callOf(init?.method ?? 'GET', pathname));
      return response;
    },
  });
});
afterAll(() => service.remove());

const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

describe('the client', () => {
  test('writes who and what there is', async () => {
    expect(await client.topics.put('energy', { name: 'Energy' })).toMatchObject({
      topicId: 'energy',
      outcome: 'accepted',
    });
    expect(await client.actors.put('ann', { name: 'Ann', kind: 'person' })).toMatchObject({
      actorId: 'ann',
      outcome: 'accepted',
      revision: 0,
    });
    await client.actors.put('a', { name: 'A. Nother', kind: 'person' });
    await client.actors.put('greens', { name: 'Greens', kind: 'group' });
    expect(await client.actors.put('ann', { name: 'Ann', kind: 'person' })).toMatchObject({ outcome: 'duplicate' });
    expect(await client.actors.addAlias('ann', { name: 'Annie', from: '2020' })).toMatchObject({ revision: 1 });
    expect(await client.actors.addMembership('ann', { group: 'greens' })).toMatchObject({ outcome: 'accepted' });
    expect(await client.actors.merge('a', { into: 'ann' })).toMatchObject({ outcome: 'accepted' });
    expect(await client.actors.unmerge('a', { reason: 'another one' })).toMatchObject({ outcome: 'accepted' });
    expect(await client.propositions.put('tax', { text: 'Carbon is to be taxed', topics: ['energy'] })).toMatchObject({
      propositionId: 'tax',
    });
    await client.propositions.put('price', { text: 'Carbon is to have a price' });
    expect(await client.propositions.revise('tax', { text: 'Carbon should be taxed' })).toMatchObject({ revision: 1 });
    expect(await client.propositions.relate('tax', { type: 'entails', to: 'price' })).toMatchObject({
      outcome: 'accepted',
    });
  });

  test('writes, corrects and retracts statements, each of which counts once', async () => {
    const quote = { exact: 'we will see', directness: 'direct' } as const;
    const said = { holder: 'ann', proposition: 'tax', direction: 'oppose', saidAt: '2024-01-01', quote } as const;
    const first = await client.statements.record(said, { idempotencyKey: 's-1' });
    expect(first).toMatchObject({ statementId: 's-1', outcome: 'accepted', revision: 0 });
    expect(await client.statements.record({ ...said, id: 's-1' })).toMatchObject({
      outcome: 'duplicate',
      position: first.position,
    });
    const correction = { reason: 'misread', saidAt: '2024-01-02' };
    expect(await client.statements.correct('s-1', correction, { ifRevision: 0 })).toMatchObject({ revision: 1 });
    await expect(
      client.statements.correct('s-1', { reason: 'again', strength: 0.5 }, { ifRevision: 0 }),
    ).rejects.toMatchObject({
      name: 'ClientError',
      code: 'revision-mismatch',
      status: 412,
      retryable: false,
      problem: { revision: 1 },
    });
    await client.statements.record({ ...said, id: 's-2', holder: 'bob' }, { createMissing: true });
    expect(await client.statements.retract('s-2', { reason: 'never said' })).toMatchObject({ outcome: 'accepted' });
    const last = await client.statements.record({ ...said, id: 's-3', direction: 'support', saidAt: '2024-03-01' });
    await client.whenPassed(last.position);
    expect(await client.stances.list({ holder: 'ann', proposition: 'tax' }).page()).toMatchObject({
      items: [{ direction: 'support', status: 'confirmed' }],
      knownAt: last.position,
    });
  });

  test('writes many, with a result for each in order', async () => {
    const said = { proposition: 'tax', direction: 'support', saidAt: '2024-05-01' } as const;
    const many = async function* () {
      for (let n = 0; n < 2500; n++) yield { ...said, holder: `h-${n % 700}`, id: `m-${n}`, utteranceId: `u-${n}` };
      yield { ...said, holder: 'h-1', id: 'm-0' };
      yield { ...said, holder: 'h-1', id: 'no id' };
    };
    const results = await all(client.statements.recordAll(many(), { createMissing: true }));
    expect(results.map(({ line }) => line)).toEqual(Array.from({ length: 2502 }, (_, at) => at + 1));
    expect(results.slice(0, 2500).every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(results.at(-2)).toMatchObject({ outcome: 'rejected', error: { code: 'statement-conflict' } });
    expect(results.at(-1)).toMatchObject({ outcome: 'rejected', error: { code: 'invalid-input' } });
    await client.whenCaughtUp();
    const statements = client.statements.list({ proposition: 'tax' });
    expect(await all(statements)).toHaveLength(2502);
    expect((await statements.page()).items).toHaveLength(100);
    const pages = await all(client.statements.list({ proposition: 'tax', limit: 1000 }).pages());
    expect(pages.map(({ items }) => items.length)).toEqual([1000, 1000, 502]);
  });

  test('reads stances, histories and changes, today, on another day and as known before', async () => {
    const { items } = await client.stances.list({ holder: 'ann', at: '2024-02-01' }).page();
    expect(items).toMatchObject([{ proposition: 'tax', direction: 'oppose' }]);
    expect(
      await client.stances
        .list({ holder: 'ann', knownAt: '0' })
        .page()
        .catch((error: unknown) => error),
    ).toMatchObject({
      code: 'unknown-actor',
      status: 404,
    });
    const history = await client.histories.get('ann', 'tax', { method: 'default' });
    expect(history.segments.map(({ direction }) => direction)).toEqual(['oppose', 'support']);
    expect(await all(client.histories.statements('ann', 'tax', { limit: 1 }))).toMatchObject([
      { id: 's-1' },
      { id: 's-3' },
    ]);
    expect((await client.histories.explain('ann', 'tax')).changes).toHaveLength(2);
    expect(await all(client.histories.explainedStatements('ann', 'tax', { limit: 1 }))).toHaveLength(2);
    expect(await client.histories.explainAsText('ann', 'tax')).toContain('reversal');
    const changes = await all(
      client.changes.list({ holder: 'ann', kind: ['first', 'reversal'], status: ['confirmed'] }),
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['reversal', 'first']);
    expect(await all(client.stances.contested({ holder: 'ann', resolved: true }))).toEqual([]);
    expect(await client.stances.compare({ proposition: 'tax', holders: ['ann', 'h-1'] })).toMatchObject({
      stances: [{ holder: 'ann' }, { holder: 'h-1' }],
    });
    expect(await client.statements.get('s-1')).toMatchObject({ state: 'corrected', versions: [{}, {}] });
  });

  test('reads who and what there is', async () => {
    expect(await client.actors.get('ann')).toMatchObject({ name: 'Ann', memberships: [{ group: 'greens' }] });
    expect(await all(client.actors.list({ q: 'annie' }))).toMatchObject([{ id: 'ann' }]);
    expect(await client.propositions.get('tax')).toMatchObject({ text: 'Carbon should be taxed' });
    expect(await all(client.propositions.list({ topic: 'energy' }))).toMatchObject([{ id: 'tax' }]);
    expect(await client.topics.get('energy')).toMatchObject({ name: 'Energy' });
    expect(await all(client.topics.list())).toMatchObject([{ id: 'energy' }]);
    expect((await client.methods.list()).items.map(({ name }) => name)).toEqual(['default', 'wary']);
    expect(await client.methods.get('default')).toMatchObject({ name: 'default' });
    expect(await all(client.methods.compare({ a: 'default', b: 'wary', holder: 'ann' }))).toMatchObject([
      { proposition: 'tax' },
    ]);
  });

  test('asks how the service is', async () => {
    expect(await client.service.health()).toEqual({ status: 'ok' });
    expect(await client.service.readiness()).toMatchObject({ status: 'ready' });
    expect(await client.service.projections()).toMatchObject({ items: [{ state: 'live', parked: 0 }] });
    expect(await client.service.metrics()).toContain('stance_projection_lag_events');
    expect(await client.service.openApi()).toMatchObject({ openapi: '3.1.1' });
    expect(await client.service.docs()).toContain('<html');
  });

  test('follows changes and statements from the beginning', async () => {
    const changes = client.changes.follow({ after: '0', holder: 'ann' });
    expect((await changes.next()).value).toMatchObject({ type: 'StanceChangeDetected', change: { holder: 'ann' } });
    await changes.return();
    const statements = client.statements.follow({ after: '0', holder: 'ann' });
    expect((await statements.next()).value).toMatchObject({ type: 'StatementMade', statement: { id: 's-1' } });
    await statements.return();
  });

  test('shows what is parked, has it handled again and skips it', async () => {
    await client.statements.record({
      id: 'p-1',
      holder: 'ann',
      proposition: 'price',
      direction: 'support',
      saidAt: '2024-06-01',
    });
    await service.stop();
    const events = new DatabaseSync(join(service.folder, 'events.db'));
    events.exec(`UPDATE events SET schema_version = 99 WHERE stream = 'statement-p-1'`);
    events.close();
    // Made anew from what the log says now.
    for (const suffix of ['', '-wal', '-shm']) {
      await rm(join(service.folder, `read-model.db${suffix}`), { force: true });
    }
    await service.start();
    await client.whenCaughtUp();
    expect(await all(client.parked.list())).toMatchObject([{ stream: 'statement-p-1', code: 'unknown-event-version' }]);
    expect(await client.parked.get('statement-p-1')).toMatchObject({ schemaVersion: 99, behind: [] });
    expect(await client.parked.retry('statement-p-1')).toMatchObject({ applied: 0, parked: 1 });
    const skip = { revision: 0, wholeStream: true, reason: 'of a program that nobody has' };
    expect(await client.parked.skip('statement-p-1', skip)).toMatchObject({ outcome: 'accepted' });
    expect(await client.parked.skip('statement-p-1', skip)).toMatchObject({ outcome: 'duplicate' });
    await expect(client.parked.get('statement-p-1')).rejects.toMatchObject({ code: 'not-parked', status: 409 });
  });

  test('makes versions of the read model, compares them, and has another one serve', async () => {
    const begun = await client.versions.rebuild({ park: true });
    expect(begun).toMatchObject({ state: 'building', parks: true });
    const { version } = begun;
    await expect(client.versions.rebuild()).rejects.toMatchObject({ code: 'rebuild-under-way', status: 409 });
    expect(await client.versions.cancel(version)).toMatchObject({ halted: { code: 'cancelled' }, underWay: false });
    await expect(client.versions.switch(version)).rejects.toMatchObject({ code: 'version-refused' });
    await client.versions.resume(version);
    const stateOf = async (): Promise<string | undefined> =>
      (await client.versions.list()).items.find((each) => each.version === version)?.state;
    await expect.poll(stateOf, { timeout: 20_000 }).toBe('ready');
    expect(await client.versions.differences(version, { limit: 5 })).toMatchObject({ differing: 0, histories: [] });
    expect(await client.versions.switch(version)).toMatchObject({ state: 'active' });
    expect(await client.versions.switch(version)).toMatchObject({ state: 'active' });
    expect(await client.versions.drop(1)).toMatchObject({ state: 'retired' });
    await expect(client.versions.drop(version)).rejects.toMatchObject({ code: 'version-refused' });
    await expect(client.versions.drop(1)).rejects.toMatchObject({ code: 'unknown-version', status: 404 });
    expect(await client.versions.refold({ holder: 'ann', dryRun: true })).toMatchObject({
      written: false,
      histories: [],
    });
    await expect(client.versions.refold({})).rejects.toMatchObject({ code: 'invalid-input', status: 400 });
    // Those who ask have not noticed anything.
    expect(await client.stances.list({ holder: 'ann', proposition: 'tax' }).page()).toMatchObject({
      items: [{ direction: 'support' }],
    });
  });

  test('has somebody told of changes, and sees what he could not be told', async () => {
    const told: string[] = [];
    const receiver = createServer((request, response) => {
      told.push(String(request.headers['webhook-id']));
      request.resume();
      response.end();
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const put = await client.webhooks.put('desk', { url, filter: { holder: 'ann', kind: ['first'] } });
    expect(put).toMatchObject({ state: 'active', filter: { holder: 'ann', kind: ['first'] } });
    expect(put.secret).toMatch(/^whsec_/);
    const again = await client.webhooks.put('desk', { url, description: 'The desk' });
    expect(again).not.toHaveProperty('secret');
    expect(again.behind).toBeNull();
    expect((await client.webhooks.rotate('desk')).secret).not.toBe(put.secret);
    expect(await client.webhooks.ping('desk')).toMatchObject({ delivered: true, status: 200 });
    await client.webhooks.whenTold('desk');
    const before = told.length;
    await client.webhooks.replay('desk', { after: 1 });
    expect(await client.webhooks.whenTold('desk')).toMatchObject({ behind: 0, pending: 0, dead: 0 });
    const { position } = await client.webhooks.get('desk');
    expect(told.length - before).toBe(position - 1);
    await expect(client.webhooks.replay('desk', { after: position + 1 })).rejects.toMatchObject({ status: 400 });

    expect(await client.webhooks.deadLetters('desk')).toEqual({ items: [], more: false });
    const webhooks = new DatabaseSync(join(service.folder, 'webhooks.db'));
    const add = webhooks.prepare(
      `INSERT INTO deliveries (webhook, message, position, type, body, attempts) VALUES ('desk', ?, ?, 'x', '{}', 10)`,
    );
    add.run('m-1', 1);
    add.run('m-2', 2);
    webhooks.close();
    expect((await client.webhooks.deadLetters('desk')).items.map(({ id }) => id)).toEqual(['m-1', 'm-2']);
    expect(await client.webhooks.discard('desk', 'm-1')).toMatchObject({ dead: 1 });
    await client.webhooks.retry('desk', 'm-2');
    await client.webhooks.whenTold('desk');
    expect(told.at(-1)).toBe('m-2');
    await expect(client.webhooks.retry('desk', 'm-2')).rejects.toMatchObject({ code: 'unknown-dead-letter' });
    expect((await client.webhooks.list()).items).toMatchObject([{ id: 'desk', description: 'The desk' }]);
    expect(await client.webhooks.remove('desk')).toMatchObject({ id: 'desk' });
    await expect(client.webhooks.get('desk')).rejects.toMatchObject({ code: 'unknown-webhook', status: 404 });
    receiver.close();
    receiver.closeAllConnections();
  });

  // Last: it looks at what the tests above have called.
  test('has a method for every call that there is', () => {
    const calls = endpoints.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(calls.filter((call) => !taken.has(call))).toEqual([]);
  });
});
