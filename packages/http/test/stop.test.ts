import { connect } from 'node:net';

import { describe, expect, test, vi } from 'vitest';

import { registerEndpoint } from '../src/index.ts';
import { call, getThing, listThings, sendRaw, serve } from './served.ts';

/** An app whose calls wait until they are let go. */
const startHeld = async () => {
  let release = (): void => undefined;
  let begun = 0;
  const released = new Promise<void>((resolve) => (release = resolve));
  const served = await serve((app) => {
    registerEndpoint(app, getThing, async () => {
      begun += 1;
      await released;
      return { status: 200, body: 'done' };
    });
  });
  return { ...served, release, begun: () => begun };
};

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.destroy());
    socket.on('close', (failed) => resolve(!failed));
    socket.on('error', () => undefined);
  });

describe('a stop', () => {
  test('lets calls under way finish, and closes their connections', async () => {
    const held = await startHeld();
    const reply = sendRaw(held.port, 'GET /v1/things/a HTTP/1.1\r\nHost: a\r\n\r\n');
    await vi.waitFor(() => expect(held.begun()).toBe(1));

    const stopped = held.app.kit.stop(10_000);
    await vi.waitFor(async () => expect(await isListening(held.port)).toBe(false));
    held.release();

    expect(await reply).toMatch(/^HTTP\/1\.1 200 .*"done"$/s);
    expect(await stopped).toEqual({ cutOff: 0 });
  });

  test('closes connections that wait for nothing at once', async () => {
    const held = await startHeld();
    const idle = sendRaw(held.port, '');
    await vi.waitFor(async () => expect(await isListening(held.port)).toBe(true));
    await held.app.kit.stop(10_000);
    expect(await idle).toBe('');
  });

  test('refuses further calls on connections that are still open', async () => {
    const held = await startHeld();
    const request = 'GET /v1/things/a HTTP/1.1\r\nHost: a\r\n\r\n';
    let received = '';
    const socket = connect(held.port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (bytes) => (received += bytes.toString()));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await vi.waitFor(() => expect(held.begun()).toBe(1));

    const stopped = held.app.kit.stop(10_000);
    expect(held.app.kit.stopping.aborted).toBe(true);
    socket.write(request);
    await vi.waitFor(async () => expect((await held.app.kit.metrics()).text).toContain('http_requests_in_flight 2'));
    held.release();
    await Promise.all([stopped, closed]);

    expect(held.begun()).toBe(1);
    expect(received).toContain('"done"');
    expect(received).toContain('"code":"shutting-down"');
  });

  test('cuts off what is left at the deadline, and says how much', async () => {
    let aborted = false;
    const served = await serve((app) => {
      registerEndpoint(app, getThing, ({ signal }) => {
        signal.addEventListener('abort', () => (aborted = true));
        return new Promise(() => undefined);
      });
    });
    const reply = call(served, '/v1/things/a').catch((error: unknown) => error);
    await vi.waitFor(async () => expect((await served.app.kit.metrics()).text).toContain('http_requests_in_flight 1'));
    expect(await served.app.kit.stop(50)).toEqual({ cutOff: 1 });
    expect(await reply).toBeInstanceOf(Error);
    expect(aborted).toBe(true);
  });

  test('is announced to endless answers, which end by themselves', async () => {
    const served = await serve((app) => {
      registerEndpoint(app, listThings, () => ({
        status: 200,
        ndjson: (async function* () {
          yield { first: true };
          await new Promise((resolve) => app.kit.stopping.addEventListener('abort', resolve));
          yield { last: true };
        })(),
      }));
    });
    const reply = call(served, '/v1/things', { headers: { accept: 'application/x-ndjson' } });
    await vi.waitFor(async () => expect((await served.app.kit.metrics()).text).toContain('http_requests_in_flight 1'));
    expect(await served.app.kit.stop(10_000)).toEqual({ cutOff: 0 });
    expect((await reply).text).toBe('{"first":true}\n{"last":true}\n');
  });

  test('asked for twice is one stop', async () => {
    const { app } = await startHeld();
    expect(await Promise.all([app.kit.stop(1000), app.kit.stop(0)])).toEqual([{ cutOff: 0 }, { cutOff: 0 }]);
  });
});
