import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createAddressRules } from '../src/address-rules.ts';
import { createSender } from '../src/sender.ts';
import { newSecret } from '../src/signature.ts';

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

const receiver = async (answer: (response: ServerResponse, count: number) => void) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ method: request.method, path: request.url, headers: request.headers, body });
      answer(response, received.length);
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
  });
  return { port: await listening(server), received, server };
};

const loopback = createAddressRules(['127.0.0.0/8', '::1']);
const message = { id: 'feed.1.0', body: '{"ü":"Zelensky"}' };
const secret = newSecret();

const senderOf = (options: { readonly rules?: typeof loopback; readonly timeout?: number } = {}) => {
  const sender = createSender({ rules: loopback, userAgent: 'stance-tracker/test', ...options });
  onTestFinished(() => {
    sender.close();
  });
  return (url: string, signal = new AbortController().signal) =>
    sender.send({ url, message, secrets: [secret], at: Date.now(), signal });
};

describe('a message', () => {
  it('is posted as JSON, signed, to the path and the query of the endpoint', async () => {
    const { port, received } = await receiver((response) => response.writeHead(204).end());
    const result = await senderOf()(`http://127.0.0.1:${String(port)}/hook?a=b%20c`);
    expect(result).toEqual({ ok: true, status: 204 });
    const [got] = received;
    expect(got).toMatchObject({ method: 'POST', path: '/hook?a=b%20c', body: message.body });
    expect(got?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'stance-tracker/test',
      'webhook-id': message.id,
    });
    const headers = got?.headers as Record<string, string>;
    expect(new Webhook(secret).verify(got?.body ?? '', headers)).toEqual({ ü: 'Zelensky' });
  });

  it('is looked up by name, and sent where one of its addresses is allowed', async () => {
    const { port, received } = await receiver((response) => response.end('ok'));
    expect(await senderOf()(`http://localhost:${String(port)}/`)).toEqual({ ok: true, status: 200 });
    expect(received).toHaveLength(1);
  });

  it.each(['http://127.0.0.1', 'http://localhost', 'http://0x7f000001', 'http://2130706433', 'http://127.1'])(
    'is not sent to %s where that is not allowed',
    async (origin) => {
      const { port, received } = await receiver((response) => response.end());
      const result = await senderOf({ rules: createAddressRules([]) })(`${origin}:${String(port)}/`);
      expect(result).toMatchObject({ ok: false, status: null });
      expect(JSON.stringify(result)).toMatch(/no public address/);
      expect(received).toEqual([]);
    },
  );

  it('is not sent on where it is redirected to', async () => {
    const { port, received } = await receiver((response) => response.writeHead(307, { location: '/other' }).end());
    const result = await senderOf()(`http://127.0.0.1:${String(port)}/`);
    expect(result).toMatchObject({ ok: false, status: 307, message: 'it answered 307: redirects are not followed' });
    expect(received).toHaveLength(1);
  });

  it('failed where something else than 2xx is answered, and may be tried again when the receiver says', async () => {
    const { port } = await receiver((response) => response.writeHead(503, { 'retry-after': '120' }).end('no'));
    expect(await senderOf()(`http://127.0.0.1:${String(port)}/`)).toEqual({
      ok: false,
      status: 503,
      message: 'it answered 503',
      retryAfter: 120_000,
    });
  });

  it('takes a date for when to try again, and nothing else', async () => {
    const dates = [new Date(Date.now() + 60_000).toUTCString(), 'soon'];
    const { port } = await receiver((response, count) =>
      response.writeHead(429, { 'retry-after': dates[count - 1] }).end(),
    );
    const send = senderOf();
    const url = `http://127.0.0.1:${String(port)}/`;
    const first = await send(url);
    expect(first.ok ? 0 : (first.retryAfter ?? 0) / 1000).toBeCloseTo(60, -1);
    expect(await send(url)).toMatchObject({ retryAfter: null });
  });

  it('failed where nobody answers in time', async () => {
    const { port } = await receiver(() => {});
    const result = await senderOf({ timeout: 50 })(`http://127.0.0.1:${String(port)}/`);
    expect(result).toMatchObject({ ok: false, status: null, message: 'it did not answer within 0.05 s' });
  });

  it('failed where it was given up', async () => {
    const { port, received } = await receiver(() => {});
    const giving = new AbortController();
    const result = senderOf()(`http://127.0.0.1:${String(port)}/`, giving.signal);
    await expect.poll(() => received.length).toBe(1);
    giving.abort();
    expect(await result).toMatchObject({ ok: false, message: 'the try was given up' });
  });

  it('failed where nobody listens, or what answers is not HTTP', async () => {
    const closed = createTcpServer();
    const port = await listening(closed);
    closed.close();
    const send = senderOf();
    expect(await send(`http://127.0.0.1:${String(port)}/`)).toMatchObject({ ok: false, status: null });
    const strange = createTcpServer((socket) => socket.end('SSH-2.0-nothing\r\n'));
    const result = await send(`http://127.0.0.1:${String(await listening(strange))}/`);
    expect(result).toMatchObject({ ok: false, status: null });
    expect(JSON.stringify(result)).toContain('it cannot be reached');
  });

  it('failed where another protocol is answered, or nothing', async () => {
    const upgrading = createTcpServer((socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    );
    const send = senderOf();
    expect(await send(`http://127.0.0.1:${String(await listening(upgrading))}/`)).toMatchObject({
      ok: false,
      status: 101,
      message: 'it answered with another protocol',
    });
    const silent = createTcpServer((socket) => void socket.once('data', () => socket.end()));
    expect(await send(`http://127.0.0.1:${String(await listening(silent))}/`)).toMatchObject({
      ok: false,
      status: null,
    });
  });

  it('is sent once where the connection breaks behind the status', async () => {
    const { port, received } = await receiver((response, count) => {
      if (count < 2) response.end('fine');
      else {
        response.writeHead(200, { 'content-length': 10 });
        response.write('half', () => response.socket?.resetAndDestroy());
      }
    });
    const send = senderOf();
    const url = `http://127.0.0.1:${String(port)}/`;
    await send(url);
    expect(await send(url)).toEqual({ ok: true, status: 200 });
    await expect.poll(() => received.length).toBe(2);
    expect(await send(url)).toEqual({ ok: true, status: 200 });
    expect(received).toHaveLength(3);
  });

  it('is through once the status is there, however long the answer is', async () => {
    const { port, server } = await receiver((response) => {
      response.writeHead(200);
      const write = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(65_536), write);
      };
      write();
    });
    expect(await senderOf()(`http://127.0.0.1:${String(port)}/`)).toEqual({ ok: true, status: 200 });
    const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
    await expect.poll(connections).toBe(0);
  });

  it('uses a connection again, and another one where that was closed meanwhile', async () => {
    const ports = new Set<number | undefined>();
    const { port, server, received } = await receiver((response) => {
      ports.add(response.req.socket.remotePort);
      response.end('fine');
    });
    const send = senderOf();
    const url = `http://127.0.0.1:${String(port)}/`;
    await send(url);
    await send(url);
    expect(ports.size).toBe(1);
    server.closeAllConnections();
    expect(await send(url)).toEqual({ ok: true, status: 200 });
    expect(received).toHaveLength(3);
  });
});
