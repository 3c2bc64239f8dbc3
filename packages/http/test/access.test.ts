import { describe, expect, test } from 'vitest';

import { newToken, registerEndpoint } from '../src/index.ts';
import type { HttpApp, Token } from '../src/index.ts';
import { call, getThing, json, postThing, problemOf, sendRaw, serve } from './served.ts';

const register = (app: HttpApp): void => {
  registerEndpoint(app, postThing, ({ identity }) => ({ status: 200, body: identity }));
  registerEndpoint(app, getThing, ({ identity }) => ({ status: 200, body: identity }));
};

const write = '/v1/things/a';
const body = (headers: Record<string, string> = {}) => json('{"size":1}', headers);

/** A call as it comes from another machine. */
const fromAfar = async (app: HttpApp, method: 'GET' | 'POST', headers: Record<string, string> = {}) => {
  const reply = await app.inject({
    method,
    url: write,
    remoteAddress: '192.0.2.7',
    headers: { host: 'localhost:4000', ...headers },
    ...(method === 'POST' ? { payload: { size: 1 } } : {}),
  });
  return { status: reply.statusCode, text: reply.body };
};

describe('without tokens', () => {
  test('this machine may read and write', async () => {
    const served = await serve(register);
    expect((await call(served, write)).status).toBe(200);
    expect(JSON.parse((await call(served, write, body())).text)).toEqual({ name: null });
  });

  test('another machine may read, and not write, whatever its headers say', async () => {
    const { app } = await serve(register);
    expect((await fromAfar(app, 'GET')).status).toBe(200);
    for (const headers of [{}, { 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }]) {
      const reply = await fromAfar(app, 'POST', headers);
      expect(reply.status).toBe(403);
      expect(problemOf(reply)).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('STANCE_TOKENS') });
    }
  });

  test.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('%s is this machine', async (remoteAddress) => {
    const { app } = await serve(register);
    const headers = { host: 'localhost' };
    expect(
      (await app.inject({ method: 'POST', url: write, payload: { size: 1 }, remoteAddress, headers })).statusCode,
    ).toBe(200);
  });

  test.each(['128.0.0.1', '::ffff:10.0.0.1', '::2', '0.0.0.0', '127.0.0.1.example', '::ffff:127.evil'])(
    '%s is not',
    async (remoteAddress) => {
      const { app } = await serve(register);
      const headers = { host: 'localhost' };
      expect(
        (await app.inject({ method: 'POST', url: write, payload: { size: 1 }, remoteAddress, headers })).statusCode,
      ).toBe(403);
    },
  );

  test.each([
    'localhost',
    'localhost:4000',
    'LOCALHOST',
    '127.0.0.1:4000',
    '[::1]:4000',
    'stance.localhost',
    'desk.example:4000',
  ])('writes are taken under the name %s', async (host) => {
    const { app } = await serve(register, { host: 'desk.example' });
    expect((await app.inject({ method: 'POST', url: write, payload: { size: 1 }, headers: { host } })).statusCode).toBe(
      200,
    );
  });

  test.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    'a b',
    '',
  ])('writes are refused under the name "%s", which a page may have pointed at this machine', async (host) => {
    const { port } = await serve(register, { host: 'desk.example' });
    const received = await sendRaw(
      port,
      `POST ${write} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 10\r\n\r\n{"size":1}`,
    );
    expect(received).toContain('"code":"forbidden"');
  });

  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost:5000' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' }, 200],
  ])('a write of a browser with %o is answered with %i', async (headers, status) => {
    const { app } = await serve(register);
    const reply = await app.inject({
      method: 'POST',
      url: write,
      payload: { size: 1 },
      headers: { host: 'localhost:4000', ...headers },
    });
    expect(reply.statusCode).toBe(status);
  });
});

describe('with tokens', () => {
  const reader = newToken('reader', ['read']);
  const desk = newToken('news-desk', ['read', 'write']);
  const tokens: Token[] = [reader.entry, desk.entry];
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  test('a call goes through with a token of its scope, and carries its name', async () => {
    const served = await serve(register, { tokens });
    const reply = await call(served, write, body(bearer(desk.token)));
    expect(JSON.parse(reply.text)).toEqual({ name: 'news-desk' });
    expect((await fromAfar(served.app, 'POST', bearer(desk.token))).status).toBe(200);
  });

  test.each([
    ['no token', {}],
    ['an unknown token', bearer('stance_wrong')],
    ['the hash of a token', bearer(desk.entry.sha256)],
    ['another scheme', { authorization: `Basic ${desk.token}` }],
    ['nonsense', { authorization: 'Bearer' }],
  ])('%s is unauthorized, from this machine too', async (_what, headers) => {
    const served = await serve(register, { tokens });
    const reply = await call(served, write, { headers });
    expect({ status: reply.status, code: problemOf(reply).code }).toEqual({ status: 401, code: 'unauthorized' });
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(reply.text).not.toContain(desk.token);
  });

  test('a token without the scope is forbidden', async () => {
    const served = await serve(register, { tokens });
    const reply = await call(served, write, body(bearer(reader.token)));
    expect(problemOf(reply)).toMatchObject({
      code: 'forbidden',
      detail: 'The token "reader" does not have the scope "write".',
    });
  });

  test('an empty file of tokens lets nobody in', async () => {
    const served = await serve(register, { tokens: [] });
    expect((await call(served, write)).status).toBe(401);
  });
});
