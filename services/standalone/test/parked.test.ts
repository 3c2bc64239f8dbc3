import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { ParkedStream, ParkedStreamDetail } from '@stance/contracts';
import { describe, expect, test, vi } from 'vitest';

import { environment, newFolder, run } from './running.ts';
import type { Running } from './running.ts';

const timeout = 240_000;
const parkedPath = '/v1/projections/default/parked';

const statement = (n: number) => ({
  id: `s${String(n)}`,
  holder: 'ann',
  proposition: 'tax',
  direction: 'support',
  saidAt: `2024-01-0${String(n)}`,
});

const post = (address: string, path: string, body: unknown): Promise<Response> =>
  fetch(address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const json = async <Body>(response: Promise<Response> | Response): Promise<Body> =>
  (await (await response).json()) as Body;

const stop = async ({ child }: Running): Promise<void> => {
  child.kill('SIGTERM');
  await once(child, 'close');
};

/** What stands in the file of a stopped service is changed: as if another program had written it, or reads it. */
const rewrite = (folder: string, sql: string, ...values: readonly (string | number)[]): void => {
  const db = new DatabaseSync(join(folder, 'events.db'));
  db.prepare(sql).run(...values);
  db.close();
};

/** A service that was stopped before it projected three statements, of which the second can be read by no program of today. */
const withPoison = async (): Promise<{ folder: string; env: Record<string, string> }> => {
  const folder = await newFolder();
  const env = environment(folder);
  const before = run(env);
  const address = await before.address;
  for (const n of [1, 2, 3]) await post(address, '/v1/statements?createMissing=true', statement(n));
  await post(address, '/v1/statements/s2/retraction', { reason: 'never said' });
  await stop(before);
  rewrite(folder, "UPDATE events SET schema_version = 9 WHERE stream = 'statement-s2' AND revision = 0");
  // Made anew from what the log says now.
  for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, `read-model.db${suffix}`), { force: true });
  return { folder, env };
};

const listed = async (address: string): Promise<ParkedStream[]> => {
  const { items } = await json<{ items: ParkedStream[] }>(fetch(address + parkedPath));
  return items;
};

interface History {
  readonly incomplete?: true;
  readonly statements: { readonly items: readonly { readonly id: string }[] };
}

const history = (address: string): Promise<History> => json(fetch(`${address}/v1/histories/ann/tax`));

describe('a parked event', () => {
  test(
    'is told of, stays parked at the start of a program that knows it, and counts once it is retried',
    { timeout },
    async () => {
      const { folder, env } = await withPoison();
      const first = run(env);
      const address = await first.address;
      await vi.waitFor(async () => expect(await listed(address)).toHaveLength(1), { timeout });
      expect(await listed(address)).toEqual([
        expect.objectContaining({
          stream: 'statement-s2',
          revision: 0,
          type: 'StatementMade',
          code: 'unknown-event-version',
          waiting: 1,
          histories: [{ holder: 'ann', proposition: 'tax' }],
        }),
      ]);
      const shown = await json<ParkedStreamDetail>(fetch(`${address}${parkedPath}/statement-s2`));
      expect(JSON.parse(shown.data)).toMatchObject({ statementId: 's2' });
      expect(shown.behind).toEqual([expect.objectContaining({ revision: 1, type: 'StatementRetracted' })]);
      expect(await history(address)).toMatchObject({ incomplete: true });
      const stillBad = await json(post(address, `${parkedPath}/statement-s2/retry`, null));
      expect(stillBad).toMatchObject({ applied: 0, parked: 2, reason: { code: 'unknown-event-version' } });
      const other = await post(address, `${parkedPath}/statement-s1/retry`, null);
      expect(other.status).toBe(409);
      expect(await json(other)).toMatchObject({ code: 'not-parked' });
      await stop(first);

      rewrite(folder, "UPDATE events SET schema_version = 1 WHERE stream = 'statement-s2'");
      const second = run(env);
      const again = await second.address;
      expect(await listed(again)).toHaveLength(1);
      expect(await json(post(again, `${parkedPath}/statement-s2/retry`, null))).toEqual({
        stream: 'statement-s2',
        applied: 2,
        parked: 0,
      });
      expect(await listed(again)).toEqual([]);
      expect(await history(again)).not.toHaveProperty('incomplete');
      expect((await fetch(`${again}${parkedPath}/statement-s2`)).status).toBe(409);
      const metrics = await (await fetch(`${again}/metrics`)).text();
      expect(metrics).toMatch(/^stance_projection_parked_streams(?:\{[^}]*\})? 0$/m);
      await stop(second);
    },
  );

  test(
    'that is skipped counts for nothing, is told so once, and is skipped still after a restart',
    { timeout },
    async () => {
      const { env } = await withPoison();
      const first = run(env);
      const address = await first.address;
      await vi.waitFor(async () => expect(await listed(address)).toHaveLength(1), { timeout });
      const skip = (body: object): Promise<Response> => post(address, `${parkedPath}/statement-s2/skip`, body);
      const partly = await skip({ revision: 0, reason: 'broken' });
      expect(partly.status).toBe(400);
      expect(await json(partly)).toMatchObject({ code: 'invalid-input', errors: [{ path: 'wholeStream' }] });
      const wrong = await skip({ revision: 1, reason: 'broken' });
      expect(wrong.status).toBe(409);
      const done = await json<{ position: number }>(skip({ revision: 0, wholeStream: true, reason: 'broken' }));
      expect(done).toMatchObject({ stream: 'statement-s2', revision: 0, outcome: 'accepted' });
      expect(await json(skip({ revision: 0, wholeStream: true, reason: 'broken' }))).toEqual({
        ...done,
        outcome: 'duplicate',
      });
      expect(await listed(address)).toEqual([]);
      expect(await history(address)).not.toHaveProperty('incomplete');
      await stop(first);
      const second = run(env);
      expect(await listed(await second.address)).toEqual([]);
      await stop(second);
    },
  );
});
