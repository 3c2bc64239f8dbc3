import { brotliCompressSync, gzipSync } from 'node:zlib';

import type { HttpApp } from '@stance/http';
import type { Page } from '@stance/web';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';

import { createServiceApp } from '../src/service-app.ts';

const fileOf = (contentType: string, text: string, isLasting: boolean): Page['index'] => ({
  contentType,
  etag: `"${text.length}"`,
  isLasting,
  bytes: Buffer.from(text),
  brotli: brotliCompressSync(text),
  gzip: gzipSync(text),
});
const index = '<!doctype html><title>The page</title>';
const script = 'globalThis.isPage = true;';
const icon = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const page: Page = {
  index: fileOf('text/html; charset=utf-8', index, false),
  files: new Map([
    ['/assets/index-1a2b.js', fileOf('text/javascript; charset=utf-8', script, true)],
    ['/icon.svg', { ...fileOf('image/svg+xml', icon, false), brotli: null, gzip: null }],
  ]),
};

const serve = (given: Page | null): HttpApp => {
  const app = createServiceApp({
    config: { host: '127.0.0.1', requestsPerSecond: 1000, concurrentRequests: 10, concurrentStreams: 10 },
    tokens: null,
    logger: pino({ level: 'silent' }),
    endpoints: [],
    checks: () => ({}),
    page: given,
  });
  onTestFinished(() => app.close());
  return app;
};

const get = (url: string, headers: Readonly<Record<string, string>> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  serve(page).inject({ method, url, headers: { host: 'localhost', ...headers } });

describe('the page is given out', () => {
  test.each([
    '/',
    '/?q=words',
    '/actors/ann',
    '/propositions/tax',
    '/histories/ann/tax?at=2020-01-01',
    '/compare?holders=ann,bob',
    '/between',
    '/operations',
    '/operations/',
    '/compare/?holders=ann,bob',
    '/between/',
    '/actors/ann/',
  ])('at %s', async (url) => {
    const { statusCode, headers, body } = await get(url);
    expect({ statusCode, type: headers['content-type'], body }).toEqual({
      statusCode: 200,
      type: 'text/html; charset=utf-8',
      body: index,
    });
  });

  test('and nothing else is at other addresses', async () => {
    expect((await get('/elsewhere')).statusCode).toBe(404);
    expect((await get('/assets/index-other.js')).statusCode).toBe(404);
    expect((await get('/assets/../../../package.json')).statusCode).toBe(404);
  });

  const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

  test.each(['/elsewhere', '/actors', '/operations/x', '/v2/actors', '/documents'])(
    'to who comes by a browser to where nothing is, and says so: %s',
    async (url) => {
      const { statusCode, headers, body } = await get(url, browser);
      expect([statusCode, headers['content-type'], body]).toEqual([404, 'text/html; charset=utf-8', index]);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    },
  );

  test.each([
    ['/elsewhere', { accept: '*/*' }],
    ['/elsewhere', { accept: 'application/json' }],
    ['/elsewhere', {}],
    ['/v1', browser],
    ['/v1/nothing', browser],
    ['/docs/nothing', browser],
  ] as const)('to nobody who looks for something else: %s, %j', async (url, headers) => {
    const answer = await get(url, headers);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.json()).toMatchObject({ code: 'not-found', instance: url });
  });

  test('to nobody who sends something', async () => {
    const answer = await serve(page).inject({
      method: 'POST',
      url: '/elsewhere',
      headers: { host: 'localhost', ...browser },
    });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/icon.svg', 'image/svg+xml', 'no-cache'],
    ['/assets/index-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ])('with its type, and for as long as its name says: %s', async (url, type, cache) => {
    const { headers } = await get(url);
    expect(headers).toMatchObject({
      'content-type': type,
      'cache-control': cache,
      'x-content-type-options': 'nosniff',
    });
  });

  test('with a policy by which nothing is loaded, run or framed but what the service gives out itself', async () => {
    const policy = String((await get('/')).headers['content-security-policy']);
    const directives = new Map(
      policy.split(';').map((each) => {
        const [name = '', ...sources] = each.trim().split(' ');
        return [name, sources.join(' ')] as const;
      }),
    );
    expect(directives.get('default-src')).toBe("'none'");
    expect(directives.get('script-src')).toBe("'self'");
    expect(directives.get('connect-src')).toBe("'self'");
    expect(directives.get('frame-ancestors')).toBe("'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  test('once: who has it is told that it is the same', async () => {
    const { headers } = await get('/');
    const again = await get('/', { 'if-none-match': String(headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('/', { 'if-none-match': '"another"' })).statusCode).toBe(200);
  });

  test.each([
    ['br', 'br', brotliCompressSync(script)],
    ['gzip', 'gzip', gzipSync(script)],
    ['gzip, deflate, br, zstd', 'br', brotliCompressSync(script)],
    ['br;q=0, gzip', 'gzip', gzipSync(script)],
    ['br;q=0.5', 'br', brotliCompressSync(script)],
    ['identity', undefined, Buffer.from(script)],
    ['brotli', undefined, Buffer.from(script)],
    ['', undefined, Buffer.from(script)],
  ])('as small as who asks can take it: %s', async (accepted, coding, bytes) => {
    const { headers, rawPayload } = await get('/assets/index-1a2b.js', { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(coding);
    expect(headers.vary).toContain('accept-encoding');
    expect(rawPayload.equals(bytes)).toBe(true);
  });

  test('as it is where there is nothing smaller', async () => {
    const { headers, body } = await get('/icon.svg', { 'accept-encoding': 'br, gzip' });
    expect([headers['content-encoding'], body]).toEqual([undefined, icon]);
  });

  test('without a body to who asks for the head', async () => {
    const { statusCode, headers, body } = await get('/', {}, 'HEAD');
    expect([statusCode, body, headers['content-length']]).toEqual([200, '', String(index.length)]);
  });
});

test('a service without the page leads to the description of its calls', async () => {
  const { statusCode, headers } = await serve(null).inject({ url: '/', headers: { host: 'localhost' } });
  expect([statusCode, headers.location]).toEqual([302, '/docs']);
});
