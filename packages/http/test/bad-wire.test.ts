import { describe, expect, test } from 'vitest';

import { registerEndpoint } from '../src/index.ts';
import { getThing, postThing, sendRaw, serve } from './served.ts';

describe('a bad request on the wire', () => {
  test.each([
    ['bytes that are not HTTP', 'nonsense\r\n\r\n', 400, 'invalid-input'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n', 400, 'invalid-input'],
    ['no Host', 'GET /v1/things/a HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'invalid-input'],
    [
      'a method of another protocol',
      'PROPFIND /v1/things/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      405,
      'method-not-allowed',
    ],
    [
      'an upgrade',
      'GET /v1/nothing HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n',
      404,
      'not-found',
    ],
    ['a method nobody knows', 'FROB / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'invalid-input'],
    ['headers of 20 KiB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 413, 'too-large'],
    [
      'an expectation',
      'POST /v1/things/a HTTP/1.1\r\nHost: localhost\r\nExpect: banana\r\nContent-Length: 2\r\n\r\n{}',
      417,
      'expectation-failed',
    ],
    [
      'a length and chunks at once',
      'POST /v1/things/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'invalid-input',
    ],
  ])('of %s is answered as a problem and closes the connection', async (_why, bytes, status, code) => {
    const { port } = await serve((app) => {
      registerEndpoint(app, postThing, ({ body }) => ({ status: 200, body }));
      registerEndpoint(app, getThing, ({ params }) => ({ status: 200, body: params }));
    });
    const received = await sendRaw(port, bytes);
    expect(received.split('\r\n')[0]).toContain(String(status));
    expect(received).toContain(`"code":"${code}"`);
  });
});
