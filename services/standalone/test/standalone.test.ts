import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readConfig } from '@stance/config';
import { newToken } from '@stance/http';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { startStandalone } from '../src/index.ts';
import type { Standalone } from '../src/index.ts';
import { environment, newFolder } from './running.ts';

const starts = process.env['CI'] === 'true' ? 20 : 2;
const logger = pino({ level: 'silent' });

const start = async (folder: string, more: Readonly<Record<string, string>> = {}): Promise<Standalone> => {
  const standalone = await startStandalone(readConfig(environment(folder, more)), { logger });
  onTestFinished(() => standalone.stop());
  return standalone;
};

const statement = (n: number) => ({
  holder: 'ann',
  proposition: 'tax',
  direction: 'support',
  saidAt: '2024-01-01',
  utteranceId: `u${n}`,
});

const post = (standalone: Standalone, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${standalone.address}/v1/statements?createMissing=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const json = async <Body>(response: Promise<Response>): Promise<Body> => (await (await response).json()) as Body;

describe('the one process', () => {
  test('records a statement, and answers by it', async () => {
    const standalone = await start(await newFolder());
    const { position } = await json<{ position: number }>(post(standalone, statement(1)));
    const read = fetch(`${standalone.address}/v1/stances?holder=ann&proposition=tax&minPosition=${position}`);
    expect(await json(read)).toMatchObject({ items: [{ holder: 'ann', proposition: 'tax', direction: 'support' }] });
    expect(standalone.status()).toMatchObject({
      head: position,
      projection: { position, parked: 0, lag: { events: 0 } },
    });
  });

  test(`starts and stops ${starts} times on the same files, and keeps everything`, { timeout: 120_000 }, async () => {
    const folder = await newFolder();
    for (let round = 1; round <= starts; round += 1) {
      const standalone = await startStandalone(readConfig(environment(folder)), { logger });
      const response = await post(standalone, statement(round));
      expect(response.status).toBe(201);
      // Every other round stops with events that the projection has not seen.
      if (round % 2 === 0) await standalone.whenPassed(standalone.status().head, { timeout: 10_000 });
      await Promise.all([standalone.stop(), standalone.stop()]);
      await expect(fetch(`${standalone.address}/healthz`)).rejects.toThrow('fetch failed');
    }
    const standalone = await start(folder);
    const { head } = standalone.status();
    expect(head).toBe(starts + 2);
    const list = await json<{ items: unknown[] }>(
      fetch(`${standalone.address}/v1/statements?holder=ann&minPosition=${head}`),
    );
    expect(list.items).toHaveLength(starts);
  });

  test('says of itself whether it is ready, how far it is, and what it can do', async () => {
    const standalone = await start(await newFolder());
    await post(standalone, statement(1));
    await standalone.whenPassed(3, { timeout: 10_000 });
    expect(await json(fetch(`${standalone.address}/readyz`))).toEqual({
      status: 'ready',
      checks: {
        eventStore: { ok: true },
        readModel: { ok: true },
        projection: { ok: true, detail: 'following, at position 3 of 3' },
      },
    });
    const metrics = await (await fetch(`${standalone.address}/metrics`)).text();
    for (const line of [
      'stance_event_store_position 3',
      'stance_projection_position 3',
      'stance_projection_lag_events 0',
      'stance_projection_parked_streams 0',
    ]) {
      expect(metrics).toContain(line);
    }
    const { paths } = await json<{ paths: object }>(fetch(`${standalone.address}/openapi.json`));
    expect(Object.keys(paths)).toContain('/v1/statements/{id}/correction');
    expect(await (await fetch(`${standalone.address}/docs`)).text()).toContain('/v1/statements/{id}/correction');
  });

  test('asks for tokens where it has some', async () => {
    const folder = await newFolder();
    const desk = newToken('news-desk', ['read', 'write']);
    const file = join(folder, 'tokens.json');
    await writeFile(file, JSON.stringify({ tokens: [desk.entry] }));
    const standalone = await start(folder, { STANCE_TOKENS: file, STANCE_SEED: 'examples' });
    expect(standalone.seeded).toHaveLength(1);
    expect((await post(standalone, statement(1))).status).toBe(401);
    expect((await fetch(`${standalone.address}/v1/actors`)).status).toBe(401);
    expect((await post(standalone, statement(1), { authorization: `Bearer ${desk.token}` })).status).toBe(201);
  });
});

// Where open files cannot be removed there is nothing to miss.
describe.skipIf(process.platform === 'win32')('the one process, under which its files are taken away', () => {
  const problem = async (response: Promise<Response>) => {
    const { status, code, detail } = await json<Record<string, unknown>>(response);
    return { status, code, detail };
  };

  test('refuses to record, and to answer, and says why', async () => {
    const folder = await newFolder();
    const data = join(folder, 'data');
    const standalone = await start(data);
    await post(standalone, statement(1));
    await standalone.whenPassed(3, { timeout: 10_000 });
    await rm(data, { recursive: true });
    expect(await problem(post(standalone, statement(2)))).toEqual({
      status: 503,
      code: 'store-unavailable',
      detail: expect.stringContaining('removed or replaced under the running service: it has to be stopped'),
    });
    expect(await problem(fetch(`${standalone.address}/v1/stances?holder=ann`))).toEqual({
      status: 503,
      code: 'read-model-unavailable',
      detail: expect.stringMatching(/removed (or replaced )?under the running service: it has to be stopped/),
    });
    await vi.waitFor(async () => {
      expect(await json(fetch(`${standalone.address}/readyz`))).toMatchObject({
        status: 'not-ready',
        checks: {
          eventStore: { ok: false, detail: expect.stringContaining('stop the service') },
          readModel: { ok: false },
          projection: { ok: false, detail: expect.stringContaining('failed') },
        },
      });
    }, 10_000);
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves the files of the service that has taken its place alone, and does not answer for it', async () => {
    const folder = await newFolder();
    const data = join(folder, 'data');
    const standalone = await start(data);
    await post(standalone, statement(1));
    await rename(data, join(folder, 'before'));
    await mkdir(data);
    const next = await start(data);
    expect(await problem(post(standalone, statement(2)))).toMatchObject({ status: 503, code: 'store-unavailable' });
    expect((await post(next, statement(2))).status).toBe(201);
    await next.whenPassed(3, { timeout: 10_000 });
    expect(next.status().head).toBe(3);
    await vi.waitFor(async () => {
      expect(await problem(fetch(`${standalone.address}/v1/stances?holder=ann`))).toMatchObject({
        status: 503,
        code: 'read-model-unavailable',
      });
    }, 10_000);
    expect((await fetch(`${next.address}/v1/stances?holder=ann`)).status).toBe(200);
  });
});

describe('an empty event store', () => {
  test('is given the examples, once, and they can be asked about at once', async () => {
    const folder = await newFolder();
    const first = await startStandalone(readConfig(environment(folder, { STANCE_SEED: 'examples' })), { logger });
    expect(first.seeded).toEqual([expect.objectContaining({ folder: expect.stringContaining('macron-trainers') })]);
    const { items } = await json<{ items: unknown[] }>(fetch(`${first.address}/v1/stances?holder=joe-biden`));
    expect(items.length).toBeGreaterThan(0);
    const { head } = first.status();
    await first.stop();

    const second = await start(folder, { STANCE_SEED: 'examples' });
    expect(second.seeded).toEqual([]);
    expect(second.status().head).toBe(head);
  });

  test('gets the rest of the examples at the next start where the first one was cut off', async () => {
    const folder = await newFolder();
    const files = {
      actors: '{"id":"ann","name":"Ann","kind":"person"}\n',
      propositions: '{"id":"tax","text":"Taxes should fall."}\n',
      statements: `${JSON.stringify(statement(1))}\n${JSON.stringify(statement(2))}\n`,
    };
    const write = async (statements: string): Promise<void> => {
      for (const [name, lines] of Object.entries({ ...files, statements })) {
        await writeFile(join(folder, `${name}.ndjson`), lines);
      }
    };
    // The second statement is refused: a start ends there, with three of four recorded.
    await write(files.statements.replace('"u2"', '"u2","no-such-field":1'));
    await expect(start(folder, { STANCE_SEED: folder })).rejects.toThrow('statements.ndjson, line 2');
    await write(files.statements);
    const second = await start(folder, { STANCE_SEED: folder });
    expect(second.status().head).toBe(4);
    await second.stop();
    expect((await start(folder, { STANCE_SEED: folder })).seeded).toEqual([]);
  });

  test('is not given them anew because a client claims to be them', async () => {
    const folder = await newFolder();
    const first = await start(folder, { STANCE_SEED: 'none' });
    const headers = { 'x-correlation-id': 'stance-examples' };
    const response = await post(first, statement(1), headers);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-correlation-id')).not.toBe('stance-examples');
    await first.stop();
    expect((await start(folder, { STANCE_SEED: 'examples' })).seeded).toEqual([]);
  });

  test('is given a folder of one’s own', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'actors.ndjson'), '{"id":"ann","name":"Ann","kind":"person"}\n\n');
    await writeFile(join(folder, 'propositions.ndjson'), '{"id":"tax","text":"Taxes should fall."}');
    await writeFile(join(folder, 'statements.ndjson'), `${JSON.stringify(statement(1))}\n`);
    const standalone = await start(folder, { STANCE_SEED: folder });
    expect(standalone.seeded).toEqual([
      { folder, actors: 1, propositions: 1, memberships: 0, statements: 1, position: 3 },
    ]);
  });
});
