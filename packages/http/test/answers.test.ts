import { connect } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

import { ProblemError } from '@stance/contracts';
import { describe, expect, test, vi } from 'vitest';

import { registerEndpoint, strongEtag, weakEtag } from '../src/index.ts';
import { call, getThing, json, listThings, postThing, problemOf, serve } from './served.ts';

const lines = async function* (count: number): AsyncGenerator {
  for (let n = 1; n <= count; n += 1) {
    await turn();
    yield { n };
  }
};

describe('an answer', () => {
  test('has what the handler made of the checked input', async () => {
    const served = await serve((app) => {
      registerEndpoint(app, postThing, ({ params, query, headers, body, identity, accepts }) => ({
        status: 201,
        body: { params, query, headers, body, identity, accepts },
        headers: { 'x-extra': 'yes' },
      }));
    });

    const reply = await call(
      served,
      '/v1/things/a?note=caf%C3%A9+au+lait&',
      json('\uFEFF{"size":1}', { 'If-Match': '"3"' }),
    );

    expect(reply.status).toBe(201);
    expect(reply.headers.get('x-extra')).toBe('yes');
    expect(JSON.parse(reply.text)).toEqual({
      params: { id: 'a' },
      query: { note: 'café au lait' },
      headers: { 'If-Match': '"3"' },
      body: { size: 1 },
      identity: { name: null },
      accepts: 'application/json',
    });
  });

  test.each([
    ['a correlation id', { 'x-correlation-id': 'order-7' }, 'order-7'],
    [
      'a trace',
      { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
      '4bf92f3577b34da6a3ce929d0e0e4736',
    ],
    ['a correlation id that is not well-formed', { 'x-correlation-id': 'a b' }, null],
    [
      'a trace that is not well-formed',
      { traceparent: '00-00000000000000000000000000000000-00f067aa0ba902b7-01' },
      null,
    ],
    ['nothing', {}, null],
  ])('to a call with %s carries the correlation id', async (_what, headers, expected) => {
    const served = await serve((app) => {
      registerEndpoint(app, getThing, ({ correlationId, requestId }) => ({
        status: 200,
        body: { correlationId, requestId },
      }));
    });
    const reply = await call(served, '/v1/things/a', { headers });
    const { correlationId, requestId } = JSON.parse(reply.text) as Record<string, string>;
    expect(correlationId).toBe(expected ?? requestId);
    expect(reply.headers.get('x-correlation-id')).toBe(correlationId);
  });

  test('to HEAD is that of GET without its body', async () => {
    const served = await serve((app) => registerEndpoint(app, getThing, () => ({ status: 200, body: [1, 2, 3] })));
    const reply = await call(served, '/v1/things/a', { method: 'HEAD' });
    expect({ status: reply.status, length: reply.headers.get('content-length'), text: reply.text }).toEqual({
      status: 200,
      length: '7',
      text: '',
    });
  });

  test.each([strongEtag('content'), weakEtag('histories', 7)])(
    'that the client has already (%s) is a 304',
    async (etag) => {
      const served = await serve((app) => registerEndpoint(app, getThing, () => ({ status: 200, body: 1, etag })));
      const first = await call(served, '/v1/things/a');
      expect(first.headers.get('etag')).toBe(etag);
      const again = await call(served, '/v1/things/a', { headers: { 'if-none-match': `"other", ${etag}` } });
      expect({ status: again.status, etag: again.headers.get('etag'), text: again.text }).toEqual({
        status: 304,
        etag,
        text: '',
      });
      expect((await call(served, '/v1/things/a', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    },
  );

  test('is logged at debug, with its ids, status and time', async () => {
    const served = await serve((app) => registerEndpoint(app, getThing, () => ({ status: 200, body: 1 })), {
      logLevel: 'debug',
    });
    await call(served, '/v1/things/a', { headers: { 'x-correlation-id': 'order-7' } });
    await vi.waitFor(() =>
      expect(served.log.lines).toContainEqual(
        expect.objectContaining({
          msg: 'answered',
          correlationId: 'order-7',
          requestId: expect.any(String),
          status: 200,
          method: 'GET',
          url: '/v1/things/a',
          ms: expect.any(Number),
        }),
      ),
    );
  });
});

describe('a list', () => {
  const start = (count: number) =>
    serve((app) => {
      registerEndpoint(app, listThings, ({ accepts }) =>
        accepts === 'application/x-ndjson'
          ? { status: 200, ndjson: lines(count) }
          : { status: 200, body: { items: [] } },
      );
    });

  test.each([
    ['*/*', 'application/json'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['application/*', 'application/json'],
    ['application/x-ndjson', 'application/x-ndjson'],
    ['application/json;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['application/json;q=0, */*', 'application/x-ndjson'],
    ['APPLICATION/JSON; charset=utf-8', 'application/json'],
  ])('asked for as %s is given as %s', async (accept, type) => {
    const reply = await call(await start(1), '/v1/things', { headers: { accept } });
    expect(reply.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  });

  test.each(['text/html', 'application/json;q=0', 'application/json;q=x'])('cannot be had as %s', async (accept) => {
    const reply = await call(await start(1), '/v1/things', { headers: { accept } });
    expect(problemOf(reply).code).toBe('not-acceptable');
  });

  test.each([0, 1, 5000])('of %i lines arrives whole as NDJSON', async (count) => {
    const reply = await call(await start(count), '/v1/things', { headers: { accept: 'application/x-ndjson' } });
    const values = reply.text.split('\n').filter((line) => line !== '');
    expect(values.map((line) => JSON.parse(line) as unknown)).toEqual(
      Array.from({ length: count }, (_, at) => ({ n: at + 1 })),
    );
    expect(reply.headers.get('x-correlation-id')).not.toBeNull();
  });

  test('that fails before its first line is a problem document', async () => {
    const served = await serve((app) => {
      registerEndpoint(app, listThings, () => ({
        status: 200,
        // oxlint-disable-next-line require-yield
        ndjson: (async function* () {
          await turn();
          throw new ProblemError('not-caught-up');
        })(),
      }));
    });
    const reply = await call(served, '/v1/things', { headers: { accept: 'application/x-ndjson' } });
    expect({ status: reply.status, wait: reply.headers.get('retry-after') }).toEqual({ status: 503, wait: '1' });
  });

  test('that fails in the middle breaks off instead of looking whole', async () => {
    const served = await serve((app) => {
      registerEndpoint(app, listThings, () => ({
        status: 200,
        ndjson: (async function* () {
          yield* lines(2000);
          throw new Error('broken inside');
        })(),
      }));
    });
    await expect(call(served, '/v1/things', { headers: { accept: 'application/x-ndjson' } })).rejects.toThrow(
      /fetch failed|terminated/,
    );
    expect(served.log.lines).toContainEqual(
      expect.objectContaining({ err: expect.objectContaining({ message: 'broken inside' }) }),
    );
  });

  test('is made no faster than the client reads it, and no further once it has gone', async () => {
    let made = 0;
    let ended = false;
    const served = await serve((app) => {
      registerEndpoint(app, listThings, () => ({
        status: 200,
        ndjson: (async function* () {
          try {
            for (;;) {
              made += 1;
              yield { text: 'x'.repeat(10_000) };
            }
          } finally {
            ended = true;
          }
        })(),
      }));
    });
    const socket = connect(served.port, '127.0.0.1', () => {
      socket.write('GET /v1/things HTTP/1.1\r\nHost: a\r\nAccept: application/x-ndjson\r\n\r\n');
    });
    socket.pause();
    let last = -1;
    // Nobody reads: what is made stops growing once the buffers on the way are full.
    await vi.waitFor(
      () => {
        const before = last;
        last = made;
        expect(made).toBeGreaterThan(0);
        expect(made).toBe(before);
      },
      { interval: 100, timeout: 5000 },
    );
    expect(made).toBeLessThan(2000);
    socket.destroy();
    await vi.waitFor(() => expect(ended).toBe(true));
  });
});
