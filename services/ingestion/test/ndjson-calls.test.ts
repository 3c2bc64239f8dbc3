import { once } from 'node:events';
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';

import { EventStoreError } from '@stance/event-store';
import { describe, expect, it, vi } from 'vitest';

import { vote } from './harness.ts';
import { linesOf, serve } from './served.ts';
import type { Served } from './served.ts';

const line = (changes: Record<string, unknown> = {}): string => `${JSON.stringify(vote(changes))}\n`;
const many = (count: number, prefix = 'v'): string =>
  Array.from({ length: count }, (_, n) => line({ id: `${prefix}${n}` })).join('');

const open = ({ port }: Served, query = ''): ClientRequest =>
  request({
    host: '127.0.0.1',
    port,
    path: `/v1/statements${query}`,
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
  });

const responseOf = async (client: ClientRequest): Promise<IncomingMessage> => {
  const [response] = (await once(client, 'response')) as [IncomingMessage];
  return response;
};

const textOf = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
};

describe('POST /v1/statements with NDJSON', () => {
  it('answers each line while the next are still to come', async () => {
    const served = await serve();
    const client = open(served);
    client.write(line());
    const response = await responseOf(client);
    expect(response.statusCode).toBe(200);
    const [first] = (await once(response, 'data')) as [Buffer];
    expect(linesOf(String(first))).toEqual([{ line: 1, outcome: 'accepted', statementId: 'v1', position: 4 }]);
    client.end(line({ id: 'v2' }));
    expect(linesOf(await textOf(response))).toEqual([{ line: 2, outcome: 'accepted', statementId: 'v2', position: 5 }]);
  });

  it('stamps all events of a request with one batch', async () => {
    const { sendLines, events } = await serve();
    await sendLines(many(2));
    const [first, second] = (await events()).slice(3);
    expect(first?.batchId).toBeDefined();
    expect(first?.batchId).toBe(second?.batchId);
  });

  it('gives rejected lines only, and a summary, where asked to', async () => {
    const { sendLines } = await serve();
    const text = line() + line() + line({ holder: 'nobody', id: 'v2' }) + 'x\n';
    expect(await sendLines(text, '?results=errors')).toMatchObject([
      { line: 3, outcome: 'rejected', statementId: 'v2', error: { code: 'unknown-actor' } },
      { line: 4, outcome: 'rejected', error: { code: 'malformed-json' } },
      { summary: { accepted: 1, duplicate: 1, rejected: 2, position: 4 } },
    ]);
  });

  it('answers nothing for nothing', async () => {
    const { sendLines } = await serve();
    expect(await sendLines('\n\n')).toEqual([]);
    expect(await sendLines('\n\n', '?results=errors')).toEqual([
      { summary: { accepted: 0, duplicate: 0, rejected: 0, position: 0 } },
    ]);
  });

  it('registers what is missing once for all lines', async () => {
    const { sendLines, events } = await serve();
    const results = await sendLines(many(50).replaceAll('france', 'new'), '?createMissing=true');
    expect(results.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect((await events()).filter(({ type }) => type === 'ActorRegistered')).toHaveLength(3);
  });

  it('rejects a line of 10 MB and one that is not UTF-8, and goes on', async () => {
    const { sendLines } = await serve();
    const huge = Buffer.from(line({ condition: 'x'.repeat(10_000_000) }));
    const wrong = Buffer.concat([Buffer.from('{"holder":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]);
    const bytes = Buffer.concat([Buffer.from(line()), huge, wrong, Buffer.from(line({ id: 'v2' }))]);
    expect(await sendLines(new Uint8Array(bytes))).toMatchObject([
      { line: 1, outcome: 'accepted' },
      { line: 2, outcome: 'rejected', error: { code: 'too-large', detail: 'The line is longer than 65536 bytes.' } },
      { line: 3, outcome: 'rejected', error: { code: 'wrong-encoding' } },
      { line: 4, outcome: 'accepted' },
    ]);
  });

  it('survives 60,000 brackets in a line', async () => {
    const { sendLines } = await serve();
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(await sendLines(`${deep}\n{"source":${deep}}\n`)).toMatchObject([
      { line: 1, error: { code: 'invalid-input' } },
      { line: 2, error: { code: 'invalid-input' } },
    ]);
  });

  it('does not take an Idempotency-Key', async () => {
    const { send } = await serve();
    const reply = await send('POST', '/v1/statements', line(), {
      'content-type': 'application/x-ndjson',
      'idempotency-key': 'k',
    });
    expect(reply).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', errors: [{ path: 'idempotency-key' }] },
    });
  });

  it('records the complete lines of a connection that is cut in mid-line, and not the rest', async () => {
    const served = await serve();
    const client = open(served);
    client.on('error', () => {});
    client.write(many(3) + line({ id: 'v3' }).slice(0, -1));
    await vi.waitFor(async () => expect(await served.events()).toHaveLength(6));
    client.destroy();
    await vi.waitFor(() =>
      expect(served.log).toContainEqual(expect.objectContaining({ msg: 'A client broke off while sending lines.' })),
    );
    expect(await served.events()).toHaveLength(6);
    expect(await served.sendLines(line({ id: 'v3' }))).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('begins the answer when the request has ended, where only errors are asked for: proxies may not go on before', async () => {
    const served = await serve({ limits: { batchLines: 1 } });
    const client = open(served, '?results=errors');
    let begun = false;
    client.on('response', () => (begun = true));
    client.write(`{}\n${line()}`);
    await vi.waitFor(async () => expect(await served.events()).toHaveLength(4));
    expect(begun).toBe(false);
    client.end();
    expect(linesOf(await textOf(await responseOf(client)))).toMatchObject([
      { line: 1, outcome: 'rejected' },
      { summary: { accepted: 1, rejected: 1 } },
    ]);
  });

  it('ends the answer clearly where the store fails, and serves on when it is back', async () => {
    let failing = false;
    const served = await serve({
      wrap: (store) => ({
        ...store,
        append: (requests) =>
          failing ? Promise.reject(new EventStoreError('event-store-full', 'full')) : store.append(requests),
      }),
    });
    const client = open(served);
    client.on('error', () => {});
    client.write(line());
    const response = await responseOf(client);
    await once(response, 'data');
    failing = true;
    client.write(line({ id: 'v2' }));
    expect(linesOf(await textOf(response))).toMatchObject([
      { line: 2, outcome: 'rejected', error: { code: 'store-unavailable', retryable: true } },
      { summary: { accepted: 1, rejected: 1, stopped: { afterLine: 2, error: { code: 'store-unavailable' } } } },
    ]);
    client.end();
    failing = false;
    expect(await served.sendLines(line({ id: 'v2' }))).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('ends the answer of a client that never reads, with everything it answered recorded', async () => {
    const served = await serve({
      limits: { unreadResultBytes: 50_000, unreadResultsTimeoutMs: 50, closeGraceMs: 50, batchLines: 100 },
    });
    const client = open(served);
    client.on('error', () => {});
    let goesOn = true;
    let wake = (): void => {};
    client.on('drain', () => wake());
    client.on('close', () => {
      goesOn = false;
      wake();
    });
    const response = responseOf(client);
    response.catch(() => {});
    for (let batch = 0; goesOn && batch < 2000; batch += 1) {
      if (client.write(many(200, `b${batch}-`))) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    await vi.waitFor(() =>
      expect(served.log).toContainEqual(
        expect.objectContaining({
          msg: 'Lines were not taken to their end.',
          err: expect.objectContaining({ code: 'results-not-read' }),
        }),
      ),
    );
    await vi.waitFor(() => expect(goesOn).toBe(false));
    expect(await served.sendLines(line({ id: 'after' }))).toMatchObject([{ outcome: 'accepted' }]);
  }, 20_000);

  it('ends the answer where the service is being stopped', async () => {
    const served = await serve();
    const client = open(served);
    client.on('error', () => {});
    client.write(line());
    const response = await responseOf(client);
    await once(response, 'data');
    const stopped = served.app.kit.stop(5_000);
    expect(linesOf(await textOf(response))).toMatchObject([
      { summary: { accepted: 1, stopped: { afterLine: 1, error: { code: 'shutting-down', retryable: true } } } },
    ]);
    client.end();
    expect(await stopped).toEqual({ cutOff: 0 });
  });

  it('takes several streams at the same time, one statement once', async () => {
    const served = await serve();
    const text = many(2000);
    const results = (await Promise.all([1, 2, 3].map(() => served.sendLines(text)))).flat();
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(2000);
    expect(results.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(4000);
    expect(await served.events()).toHaveLength(2003);
  });
});
