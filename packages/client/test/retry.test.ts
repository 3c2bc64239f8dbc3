import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { describe, expect, test } from 'vitest';

import { createClient, ClientError } from '../src/index.ts';
import { answerJson, answerProblem, hangUp, startScriptedServer } from './support/scripted-server.ts';

const quickly = { tries: 4, firstWait: 1, longestWait: 20 } as const;
const written = answerJson(201, { actorId: 'ann', outcome: 'accepted', position: 1, revision: 0, stream: 'actor-ann' });
const away = answerProblem(503, 'store-unavailable', true, { 'retry-after': '0' });
const ann = { name: 'Ann', kind: 'person' } as const;

/** Where nobody listens any more. */
const deadUrl = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
};

const failureOf = async (call: Promise<unknown>): Promise<ClientError> => {
  const error = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof ClientError)) throw new Error('it was to fail with a ClientError', { cause: error });
  return error;
};

describe('a call that may go through later', () => {
  test('is made again until it does', async () => {
    const server = await startScriptedServer(away, hangUp, away, written);
    const client = createClient({ baseUrl: server.url, retry: quickly });
    expect(await client.actors.put('ann', ann)).toMatchObject({ outcome: 'accepted' });
    expect(server.asked).toEqual(Array.from({ length: 4 }, () => 'PUT /v1/actors/ann'));
  });

  test('is made no more often than said, and fails with the last reason', async () => {
    const server = await startScriptedServer(away);
    const client = createClient({ baseUrl: server.url, retry: quickly });
    expect(await failureOf(client.actors.get('ann'))).toMatchObject({
      code: 'store-unavailable',
      status: 503,
      retryable: true,
      retryAfter: 0,
      message: 'It is store-unavailable.',
    });
    expect(server.asked).toHaveLength(4);
  });

  test('is made once where nothing is to be made again', async () => {
    const server = await startScriptedServer(hangUp, written);
    const client = createClient({ baseUrl: server.url, retry: false });
    expect(await failureOf(client.actors.put('ann', ann))).toMatchObject({ code: 'connection-lost', status: 0 });
    expect(server.asked).toHaveLength(1);
  });

  test.for([
    ['merge', (client: ReturnType<typeof createClient>) => client.actors.merge('a', { into: 'b' })],
    ['unmerge', (client: ReturnType<typeof createClient>) => client.actors.unmerge('a')],
    ['revise', (client: ReturnType<typeof createClient>) => client.propositions.revise('p', { text: 'Yes' })],
  ] as const)('is never made again where a late one would undo what others did: %s', async ([, call]) => {
    const server = await startScriptedServer(away, written);
    const client = createClient({ baseUrl: server.url, retry: quickly });
    expect(await failureOf(call(client))).toMatchObject({ code: 'store-unavailable' });
    expect(server.asked).toHaveLength(1);
  });

  test('waits no longer than the client allows, whatever the service asks', async () => {
    const busy = answerProblem(429, 'too-many-requests', true, { 'retry-after': '3600' });
    const server = await startScriptedServer(busy, written);
    await createClient({ baseUrl: server.url, retry: quickly }).actors.put('ann', ann);
    expect(server.asked).toHaveLength(2);
  });

  test('ends with its signal while it waits', async () => {
    const server = await startScriptedServer(away);
    const aDay = 24 * 3_600_000;
    const client = createClient({ baseUrl: server.url, retry: { firstWait: aDay, longestWait: aDay } });
    const stop = new AbortController();
    const failure = failureOf(client.actors.get('ann', {}, { signal: stop.signal }));
    await expect.poll(() => server.asked).toHaveLength(1);
    stop.abort('enough');
    expect(await failure).toMatchObject({ code: 'aborted', cause: 'enough' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('what does not pass', () => {
  test('is not tried again', async () => {
    const server = await startScriptedServer(answerProblem(404, 'unknown-actor', false), written);
    const client = createClient({ baseUrl: server.url, retry: quickly });
    expect(await failureOf(client.actors.get('ann'))).toMatchObject({ code: 'unknown-actor', retryable: false });
    expect(server.asked).toHaveLength(1);
  });

  test('is said of what is no stance tracker', async () => {
    const page = await startScriptedServer((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>');
    });
    const hello = await failureOf(createClient({ baseUrl: page.url }).actors.get('ann'));
    expect(hello).toMatchObject({ code: 'unexpected-answer', retryable: false });
    expect(hello.message).toContain('not JSON: <h1>Hello</h1>');
    const strange = await startScriptedServer((response) => response.writeHead(418).end('tea'));
    expect(await failureOf(createClient({ baseUrl: strange.url }).actors.get('ann'))).toMatchObject({
      code: 'unexpected-answer',
      status: 418,
    });
    const quiet = await startScriptedServer(answerJson(200, {}));
    const events = createClient({ baseUrl: quiet.url }).changes.follow();
    expect(await failureOf(events.next())).toMatchObject({ code: 'unexpected-answer' });
  });

  test('is said of an argument that cannot be, before anything is sent', async () => {
    expect(() => createClient({ baseUrl: 'ftp://example.org' })).toThrow(
      expect.objectContaining({
        code: 'wrong-use',
        message: 'baseUrl: "ftp://example.org" is not an http or https URL',
      }),
    );
    const server = await startScriptedServer(written);
    const client = createClient({ baseUrl: server.url });
    expect(await failureOf(client.actors.get('\ud800'))).toMatchObject({ code: 'wrong-use' });
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(await failureOf(client.actors.put('a', circle as never))).toMatchObject({ code: 'wrong-use' });
    expect(server.asked).toEqual([]);
  });
});

describe('a service that is not there', () => {
  test('is told from one that does not answer in time', async () => {
    const nobody = createClient({ baseUrl: await deadUrl(), retry: { ...quickly, tries: 2 } });
    expect(await failureOf(nobody.service.health())).toMatchObject({ code: 'service-unreachable', retryable: true });
    const server = await startScriptedServer(() => undefined);
    const client = createClient({ baseUrl: server.url, timeout: 50, retry: false });
    expect(await failureOf(client.service.health())).toMatchObject({ code: 'timeout', retryable: true });
  });

  test('is no reason to begin where the signal was aborted before', async () => {
    const server = await startScriptedServer(written);
    const client = createClient({ baseUrl: server.url });
    const signal = AbortSignal.abort();
    expect(await failureOf(client.actors.put('ann', ann, { signal }))).toMatchObject({ code: 'aborted' });
    expect(server.asked).toEqual([]);
  });
});

test('every call goes with the present token and the headers of the client', async () => {
  const heard: (string | undefined)[] = [];
  const server = await startScriptedServer((response, { headers }) => {
    heard.push(headers.authorization, headers['x-correlation-id']?.toString());
    answerJson(200, {})(response, undefined as never);
  });
  let token = 'one';
  const client = createClient({ baseUrl: server.url, token: () => token, headers: { 'x-correlation-id': 'c' } });
  await client.service.health();
  token = 'two';
  await client.service.health();
  expect(heard).toEqual(['Bearer one', 'c', 'Bearer two', 'c']);
});
