import { describe, expect, test } from 'vitest';

import { registerEndpoint } from '../src/index.ts';
import { call, getThing, json, postThing, problemOf, serve } from './served.ts';

const start = () =>
  serve((app) => {
    registerEndpoint(app, postThing, ({ body }) => ({ status: 200, body }));
    registerEndpoint(app, getThing, ({ params }) => ({ status: 200, body: params }));
  });

interface Case {
  readonly why: string;
  readonly path?: string;
  readonly init: RequestInit;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { path: string; message: unknown }[];
}

const good = '{"size":1}';
const latin1 = Uint8Array.from(Buffer.from('{"size":1,"tags":{"a":"é"}}', 'latin1'));

const cases: readonly Case[] = [
  {
    why: 'JSON that breaks off',
    init: json('{"size":'),
    status: 400,
    code: 'malformed-json',
    detail: 'line 1, column 9: expected value, found the end',
  },
  {
    why: 'JSON with a stray letter',
    init: json('{\n "size": x}'),
    status: 400,
    code: 'malformed-json',
    detail: 'line 2, column 10: expected value, found "x"',
  },
  { why: 'no body', init: json(''), status: 400, code: 'malformed-json', detail: 'empty' },
  { why: 'bytes that are not UTF-8', init: json(latin1), status: 400, code: 'wrong-encoding', detail: 'byte 23' },
  {
    why: 'another charset',
    init: json(good, { 'content-type': 'application/json; charset=iso-8859-1' }),
    status: 400,
    code: 'wrong-encoding',
    detail: 'iso-8859-1',
  },
  {
    why: 'a body nested too deep',
    init: json('['.repeat(40) + ']'.repeat(40)),
    status: 400,
    code: 'invalid-input',
    detail: 'more than 32 levels',
  },
  {
    why: 'a body nested far too deep',
    init: json('['.repeat(30_000) + ']'.repeat(30_000)),
    status: 400,
    code: 'invalid-input',
    detail: 'more than 32 levels',
  },
  {
    why: 'a body over the limit',
    init: json(JSON.stringify({ size: 1, tags: { a: 'x'.repeat(70_000) } })),
    status: 413,
    code: 'too-large',
  },
  {
    why: '__proto__',
    init: json('{"size":1,"__proto__":{"a":1}}'),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: '__proto__', message: expect.any(String) }],
  },
  {
    why: '__proto__ further in',
    init: json('{"size":1,"tags":{"__proto__":"a"}}'),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: 'tags.__proto__', message: expect.any(String) }],
  },
  {
    why: 'constructor.prototype',
    init: json('{"size":1,"constructor":{"prototype":{}}}'),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: 'constructor.prototype', message: expect.any(String) }],
  },
  {
    why: 'a constructor',
    init: json('{"size":1,"constructor":1}'),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: 'constructor', message: 'unknown field' }],
  },
  {
    why: 'an unknown field and a wrong one',
    init: json('{"size":"1","colour":1}'),
    status: 400,
    code: 'invalid-input',
    errors: [
      { path: 'size', message: expect.stringContaining('expected number') },
      { path: 'colour', message: 'unknown field' },
    ],
  },
  {
    why: 'a list where an object belongs',
    init: json('[]'),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: '', message: expect.stringContaining('expected object') }],
  },
  { why: 'null', init: json('null'), status: 400, code: 'invalid-input' },
  {
    why: 'an unknown query parameter',
    path: '/v1/things/a?drry=true',
    init: json(good),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: 'drry', message: 'unknown query parameter; known are dry, note' }],
  },
  {
    why: '__proto__ as a query parameter',
    path: '/v1/things/a?__proto__=1',
    init: json(good),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: '__proto__', message: expect.stringContaining('unknown') }],
  },
  {
    why: 'a repeated query parameter',
    path: '/v1/things/a?dry=true&dry=false',
    init: json(good),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: 'dry', message: 'is given more than once' }],
  },
  {
    why: 'a wrong query parameter',
    path: '/v1/things/a?dry=perhaps',
    init: json(good),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: 'dry', message: expect.any(String) }],
  },
  {
    why: 'a query that is not percent-encoded UTF-8',
    path: '/v1/things/a?note=%ff',
    init: json(good),
    status: 400,
    code: 'invalid-input',
    detail: '%ff',
  },
  {
    why: 'a wrong path parameter',
    path: '/v1/things/A',
    init: json(good),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: 'id', message: expect.any(String) }],
  },
  {
    why: 'a path that is not percent-encoded UTF-8',
    path: '/v1/things/%ff',
    init: json(good),
    status: 400,
    code: 'invalid-input',
  },
  {
    why: 'a path parameter of 5,000 characters',
    path: `/v1/things/${'A'.repeat(5000)}`,
    init: json(good),
    status: 400,
    code: 'invalid-input',
  },
  {
    why: 'a path of 9,000 characters',
    path: `/v1/things/a?note=${'a'.repeat(9000)}`,
    init: json(good),
    status: 413,
    code: 'too-large',
    detail: 'at most 8192',
  },
  {
    why: 'a wrong header',
    init: json(good, { 'if-match': '7' }),
    status: 400,
    code: 'invalid-input',
    errors: [{ path: 'If-Match', message: expect.any(String) }],
  },
  {
    why: 'no content type',
    init: { method: 'POST', body: Uint8Array.from(Buffer.from(good)) },
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    why: 'another content type',
    init: json(good, { 'content-type': 'text/xml' }),
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    why: 'a content type that is none',
    init: json(good, { 'content-type': ';;' }),
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    why: 'NDJSON where one object is taken',
    init: json(good, { 'content-type': 'application/x-ndjson' }),
    status: 415,
    code: 'unsupported-media-type',
  },
  {
    why: 'a compressed body',
    init: json(good, { 'content-encoding': 'gzip' }),
    status: 415,
    code: 'unsupported-media-type',
    detail: 'gzip',
  },
  {
    why: 'a media type that is not given',
    init: json(good, { accept: 'text/csv' }),
    status: 406,
    code: 'not-acceptable',
    detail: 'application/json',
  },
  {
    why: 'a path that there is not',
    path: '/v1/nothing',
    init: { method: 'GET' },
    status: 404,
    code: 'not-found',
    detail: '/v1/nothing',
  },
  {
    why: 'a method that there is not',
    init: { method: 'DELETE' },
    status: 405,
    code: 'method-not-allowed',
    detail: 'GET, HEAD, POST',
  },
  { why: 'a preflight of another site', init: { method: 'OPTIONS' }, status: 405, code: 'method-not-allowed' },
];

describe('a bad request', () => {
  test.each(cases)('with $why is answered with $status $code', async (wrong) => {
    const served = await start();

    const reply = await call(served, wrong.path ?? '/v1/things/a', wrong.init);

    const problem = problemOf(reply);
    expect({ status: reply.status, code: problem.code, type: reply.headers.get('content-type') }).toEqual({
      status: wrong.status,
      code: wrong.code,
      type: expect.stringContaining('application/problem+json'),
    });
    expect(problem.detail).toContain(wrong.detail ?? '');
    expect(problem.errors).toEqual(wrong.errors ?? problem.errors);
    expect(reply.text).not.toContain('node_modules');
    // The service goes on.
    expect((await call(served, '/v1/things/a', json(good))).status).toBe(200);
  });

  test('with another method learns from Allow which there are', async () => {
    const reply = await call(await start(), '/v1/things/a', { method: 'PUT', body: '' });
    expect(reply.headers.get('allow')).toBe('GET, HEAD, POST');
  });
});
