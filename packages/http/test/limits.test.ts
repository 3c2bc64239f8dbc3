import { connect } from 'node:net';

import { describe, expect, test, vi } from 'vitest';

import { registerEndpoint } from '../src/index.ts';
import { createRateLimit } from '../src/rate-limit.ts';
import { call, getThing, json, postThing, problemOf, sendRaw, serve } from './served.ts';

const forever = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

describe('the rate limit', () => {
  test('answers calls past it with 429 and the time to wait', async () => {
    const served = await serve((app) => registerEndpoint(app, getThing, () => ({ status: 200, body: 1 })), {
      limits: { requestsPerSecond: 1 },
    });
    const replies = [];
    for (let n = 0; n < 4; n += 1) replies.push(await call(served, '/v1/things/a'));
    const last = replies.at(-1);
    expect(replies.map((reply) => reply.status).slice(0, 2)).toEqual([200, 200]);
    expect(last).toMatchObject({ status: 429, text: expect.stringContaining('too-many-requests') });
    expect(last?.headers.get('retry-after')).toBe('1');
  });

  test('lets a burst through, fills up with time, and counts each key by itself', () => {
    let now = 0;
    const limit = createRateLimit(10, 20, () => now);
    const allowed = (key: string): number => {
      let count = 0;
      while (limit.take(key) === 0) count += 1;
      return count;
    };
    expect(allowed('a')).toBe(20);
    expect(allowed('b')).toBe(20);
    now = 500;
    expect(allowed('a')).toBe(5);
    now = 60_000;
    expect(allowed('a')).toBe(20);
  });

  test('forgets keys that are full again, so that many addresses need no memory', () => {
    let now = 0;
    const limit = createRateLimit(10, 20, () => now);
    for (let n = 0; n < 30_000; n += 1) {
      now += 1;
      expect(limit.take(`address ${n}`)).toBe(0);
    }
  });
});

describe('the limit of calls under way', () => {
  test('answers further ones with 503, and takes calls again once there is room', async () => {
    const served = await serve(
      (app) =>
        registerEndpoint(app, getThing, ({ params, signal }) =>
          params.id === 'slow' ? forever(signal) : { status: 200, body: 1 },
        ),
      { limits: { concurrentRequests: 2 } },
    );
    const controller = new AbortController();
    const slow = [1, 2].map(() => call(served, '/v1/things/slow', { signal: controller.signal }).catch(() => null));
    await vi.waitFor(async () => {
      const reply = await call(served, '/v1/things/a');
      expect({ status: reply.status, wait: reply.headers.get('retry-after') }).toEqual({ status: 503, wait: '1' });
      expect(problemOf(reply).code).toBe('overloaded');
    });
    controller.abort();
    await Promise.all(slow);
    await vi.waitFor(async () => expect((await call(served, '/v1/things/a')).status).toBe(200));
  });
});

describe('time limits', () => {
  test('an answer that takes too long is given up: the client is told, the handler is stopped', async () => {
    let reason: unknown = null;
    const served = await serve(
      (app) =>
        registerEndpoint(app, getThing, async ({ signal }) => {
          try {
            return await forever(signal);
          } catch (error) {
            reason = error;
            throw error;
          }
        }),
      { limits: { answerTimeoutMs: 50 } },
    );
    const reply = await call(served, '/v1/things/a');
    expect(problemOf(reply)).toMatchObject({ code: 'overloaded', detail: 'There was no answer within 0.05 s.' });
    expect(reason).toMatchObject({ code: 'overloaded' });
    expect(served.log.lines.filter((line) => line['level'] === 50)).toEqual([]);
  });

  test('a handler learns that its client has gone', async () => {
    let gone = false;
    const served = await serve((app) =>
      registerEndpoint(app, getThing, async ({ signal }) => {
        signal.addEventListener('abort', () => (gone = true));
        return forever(signal);
      }),
    );
    const socket = connect(served.port, '127.0.0.1', () =>
      socket.write('GET /v1/things/a HTTP/1.1\r\nHost: a\r\n\r\n'),
    );
    const metrics = async () => (await served.app.kit.metrics()).text;
    await vi.waitFor(async () => expect(await metrics()).toContain('http_requests_in_flight 1'));
    socket.destroy();
    await vi.waitFor(() => expect(gone).toBe(true));
    expect(await metrics()).toContain('http_requests_in_flight 0');
  });

  test('headers that trickle in are cut off with a problem', async () => {
    const { port } = await serve(() => undefined, { limits: { headersTimeoutMs: 100 } });
    const received = await sendRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    expect(received).toMatch(/^HTTP\/1\.1 408 .*"code":"request-timeout"/s);
  });

  test('a body that does not arrive is cut off with a problem', async () => {
    const served = await serve((app) => registerEndpoint(app, postThing, () => ({ status: 200 })), {
      limits: { bodyTimeoutMs: 100 },
    });
    const head =
      'POST /v1/things/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"si';
    expect(await sendRaw(served.port, head)).toMatch(/^HTTP\/1\.1 408 .*"code":"request-timeout"/s);
  });

  test('a connection that stands still is closed', async () => {
    const { port } = await serve(() => undefined, { limits: { idleTimeoutMs: 100 } });
    expect(await sendRaw(port, '')).toBe('');
  });

  test('a connection cut in the middle of a body leaves the service as it was', async () => {
    let called = false;
    const served = await serve((app) =>
      registerEndpoint(app, postThing, () => {
        called = true;
        return { status: 200 };
      }),
    );
    const socket = connect(served.port, '127.0.0.1', () => {
      socket.write(
        'POST /v1/things/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"si',
        () => socket.destroy(),
      );
    });
    await vi.waitFor(async () => expect((await served.app.kit.metrics()).text).toMatch(/route="\/v1\/things\/:id"/));
    expect(called).toBe(false);
    expect(served.log.lines.filter((line) => line['level'] === 50)).toEqual([]);
    expect((await call(served, '/v1/things/a', json('{"size":1}'))).status).toBe(200);
  });
});
