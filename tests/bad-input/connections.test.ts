import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';

import { problemSchema } from '@stance/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { eventsOf, expectUnharmed } from './support/aftermath.ts';
import { sendRaw } from './support/exchange.ts';
import { good, recordedEvents, recordGood } from './support/given.ts';
import { startService } from './support/service.ts';
import type { Service } from './support/service.ts';

const text = JSON.stringify({ ...good, saidAt: '2024-03-01' });
const post = (headers: string, body: string): string =>
  `POST /v1/statements HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;

describe('bytes on a connection', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
    await recordGood(service);
  });
  afterAll(() => service.stop());

  it.each([
    ['that are not HTTP', 'nonsense\r\n\r\n', 400, 'invalid-input'],
    ['of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001', 400, 'invalid-input'],
    ['of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'invalid-input'],
    ['without a Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'invalid-input'],
    ['with a space in the path', 'GET /v1/a b HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'invalid-input'],
    ['with a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n', 400, 'invalid-input'],
    ['with a zero in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n', 400, 'invalid-input'],
    ['with 20 KiB of headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 413, 'too-large'],
    ['with a length that is none', post('Content-Length: many', text), 400, 'invalid-input'],
    ['with a negative length', post('Content-Length: -1', text), 400, 'invalid-input'],
    ['with two lengths', post('Content-Length: 1\r\nContent-Length: 2', text), 400, 'invalid-input'],
    [
      'with a length and chunks',
      post('Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n'),
      400,
      'invalid-input',
    ],
    ['with a length beyond all limits', post('Connection: close\r\nContent-Length: 99999999999', ''), 413, 'too-large'],
    [
      'with more of a body than its length says',
      post(`Connection: close\r\nContent-Length: 10`, '{"holder":"ann"}'),
      400,
      'invalid-input',
    ],
  ])('%s are answered as a problem', async (_what, bytes, status, code) => {
    const received = await sendRaw(service.port, bytes);
    const [head = '', body = ''] = received.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain('content-type: application/problem+json');
    expect(problemSchema.parse(JSON.parse(body))).toMatchObject({ status, code });
  });

  it.each([
    ['in the middle of a body', post(`Content-Length: ${text.length}`, text.slice(0, -5))],
    [
      'in the middle of a chunk',
      post('Transfer-Encoding: chunked', `${text.length.toString(16)}\r\n${text.slice(0, 9)}`),
    ],
    ['between two chunks', post('Transfer-Encoding: chunked', `${text.length.toString(16)}\r\n${text}\r\n`)],
    ['in the middle of a header', 'POST /v1/statements HTTP/1.1\r\nHost: loc'],
  ])('that end %s record nothing', async (_what, bytes) => {
    const socket = connect(service.port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.end(bytes);
    await once(socket, 'close');
    expect(await eventsOf(service.events)).toHaveLength(recordedEvents);
  });

  it('that are no chunk record nothing', async () => {
    const received = await sendRaw(service.port, post('Transfer-Encoding: chunked', 'zz\r\nabc\r\n'));
    expect(received).toContain(' 400 ');
    expect(await eventsOf(service.events)).toHaveLength(recordedEvents);
  });

  it('that break off in the middle of a line record the lines before it', async () => {
    const lines = ['a', 'b'].map((id) => JSON.stringify({ ...good, id })).join('\n');
    const socket = connect(service.port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    const head = post('Transfer-Encoding: chunked', '').replace('application/json', 'application/x-ndjson');
    const half = `${lines}\n${text.slice(0, 20)}`;
    socket.write(`${head}${half.length.toString(16)}\r\n${half}\r\n`);
    await vi.waitFor(async () => expect(await eventsOf(service.events)).toHaveLength(recordedEvents + 2), 10_000);
    socket.resetAndDestroy();
    await once(socket, 'close');
  });

  it.skipIf(!existsSync('/proc/self/status'))('of a line of 300 MB are let go by, not kept', async () => {
    const peak = (): number =>
      Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'))?.[1]);
    const before = peak();
    const outgoing = request({
      port: service.port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/v1/statements',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const answered = once(outgoing, 'response') as Promise<[NodeJS.ReadableStream]>;
    const megabyte = Buffer.alloc(1_000_000, 'x');
    for (let sent = 0; sent < 300; sent += 1) {
      if (!outgoing.write(megabyte)) await once(outgoing, 'drain');
    }
    outgoing.end(`\n${JSON.stringify({ ...good, id: 'after' })}\n`);
    const [response] = await answered;
    let received = '';
    for await (const piece of response) received += String(piece);
    expect(received.trimEnd().split('\n')).toEqual([
      expect.stringContaining('"line":1,"outcome":"rejected","error":{"code":"too-large"'),
      expect.stringContaining('"line":2,"outcome":"accepted"'),
    ]);
    expect(peak() - before).toBeLessThan(150_000);
  });

  it('leave the service as it was', () => expectUnharmed(service, recordedEvents + 3));
});
