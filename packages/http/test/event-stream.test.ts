import { defineEndpoint } from '@stance/contracts';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { commentFrame, eventFrame, openEventStream, registerEndpoint, retryFrame } from '../src/index.ts';
import type { EventStream } from '../src/index.ts';
import { call, empty, getThing, problemOf, sendRaw, serve } from './served.ts';

const followThings = defineEndpoint({
  operationId: 'followThings',
  method: 'get',
  path: '/v1/things/stream',
  tag: 'Reading',
  summary: 'Follows things',
  scope: 'read',
  params: empty,
  query: empty,
  headers: empty,
  responses: { 200: { description: 'Them', content: { 'text/event-stream': z.unknown() } } },
  problems: [],
});

const serveStreams = async (options: Parameters<typeof serve>[1] = {}) => {
  const streams: EventStream[] = [];
  const served = await serve((app) => {
    registerEndpoint(app, getThing, () => ({ status: 200, body: 'it' }));
    registerEndpoint(app, followThings, ({ raw }) => {
      const stream = openEventStream(raw);
      if (stream !== null) {
        streams.push(stream);
        stream.write(retryFrame(10));
      }
      return undefined;
    });
    app.kit.stopping.addEventListener('abort', () => {
      for (const stream of streams) stream.end(commentFrame('stopping'));
    });
  }, options);
  return { ...served, streams };
};

/** However busy the machine is. */
const eventually = <Result>(check: () => Result | Promise<Result>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 5 });

const request = 'GET /v1/things/stream HTTP/1.1\r\nHost: a\r\n\r\n';

describe('a stream of events', () => {
  test('is written as it comes, and ends with the connection', async () => {
    const served = await serveStreams();
    const text = sendRaw(served.port, request);
    await eventually(() => expect(served.streams).toHaveLength(1));
    served.streams[0]?.write(eventFrame('e.1', 'ThingMade', '{"a":1}'));
    served.streams[0]?.write(Buffer.from(commentFrame()));
    served.streams[0]?.end(commentFrame('that is all'));
    const [head = '', body] = (await text).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head.toLowerCase()).toContain('content-type: text/event-stream; charset=utf-8\r\n');
    expect(head.toLowerCase()).not.toMatch(/transfer-encoding|content-length/);
    expect(body).toBe('retry: 10\n\nid: e.1\nevent: ThingMade\ndata: {"a":1}\n\n:\n\n: that is all\n\n');
  });

  test('is no call under way: neither the limit of these nor that of time holds for it', async () => {
    const served = await serveStreams({ limits: { concurrentRequests: 1, answerTimeoutMs: 1 } });
    const ended = [sendRaw(served.port, request), sendRaw(served.port, request), sendRaw(served.port, request)];
    await eventually(() => expect(served.streams).toHaveLength(3));
    // Twice around, so that whoever looks for calls whose time is up has looked.
    const swept = vi.fn<() => void>();
    const timer = setInterval(swept, 260);
    await eventually(() => expect(swept).toHaveBeenCalledTimes(2));
    clearInterval(timer);
    const { text } = await served.app.kit.metrics();
    expect(text).toMatch(/^http_requests_in_flight 0$/m);
    expect(text).toMatch(/^http_streams_open 3$/m);
    expect((await call(served, '/v1/things/a')).status).toBe(200);
    for (const stream of served.streams) stream.end(commentFrame());
    for (const text of ended) expect(await text).not.toContain('overloaded');
    await eventually(async () => expect((await served.app.kit.metrics()).text).toMatch(/^http_streams_open 0$/m));
    // How long somebody listened is no time of an answer.
    expect((await served.app.kit.metrics()).text).not.toContain('route="/v1/things/stream"');
  });

  test('is refused beyond their number, and has room again when one has gone', async () => {
    const served = await serveStreams({ limits: { concurrentStreams: 1 } });
    const first = sendRaw(served.port, request);
    await eventually(() => expect(served.streams).toHaveLength(1));
    const refused = await call(served, '/v1/things/stream');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(problemOf(refused)).toMatchObject({ code: 'overloaded', detail: expect.stringContaining('1 open streams') });
    served.streams[0]?.destroy();
    await first;
    await eventually(async () => {
      const again = await fetch(`${served.address}/v1/things/stream`);
      await again.body?.cancel();
      expect(again.status).toBe(200);
    });
  });

  test('tells how much waits for a reader that takes nothing, and when it may go on', async () => {
    const served = await serveStreams();
    const response = await fetch(`${served.address}/v1/things/stream`);
    await eventually(() => expect(served.streams).toHaveLength(1));
    const [stream] = served.streams;
    let drained = 0;
    let closed = 0;
    stream?.onDrain(() => (drained += 1));
    stream?.onClose(() => (closed += 1));
    const piece = Buffer.from(commentFrame('a'.repeat(1_000_000)));
    let pieces = 0;
    await eventually(() => {
      stream?.write(piece);
      pieces += 1;
      expect(stream?.waiting()).toBeGreaterThan(2_000_000);
    });
    const before = drained;
    const body = response.arrayBuffer();
    await eventually(() => expect(drained).toBeGreaterThan(before));
    expect(stream?.waiting()).toBe(0);
    stream?.end(commentFrame());
    expect((await body).byteLength).toBe(retryFrame(10).length + pieces * piece.length + commentFrame().length);
    await eventually(() => expect([stream?.waiting(), closed]).toEqual([0, 1]));
  });

  test('ends with the service, which waits for no reader', async () => {
    const served = await serveStreams();
    const text = sendRaw(served.port, request);
    await eventually(() => expect(served.streams).toHaveLength(1));
    expect(await served.app.kit.stop(10_000)).toEqual({ cutOff: 0 });
    expect(await text).toMatch(/: stopping\n\n$/);
  });
});
