import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import type { LinesSummary } from '@stance/contracts';
import type { Verification } from '@stance/projection';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { documents, runCli, spawnCli } from '../support/run-cli.ts';
import { startService, type Service } from '../support/service.ts';

let one: Service;
let other: Service;
beforeAll(async () => {
  [one, other] = await Promise.all([startService(), startService()]);
  await record(one, 'support');
  await record(other, 'oppose');
});
afterAll(() => Promise.all([one.remove(), other.remove()]));

/** One statement, which the read model has passed when this resolves. */
const record = async (service: Service, direction: string): Promise<void> => {
  const line = JSON.stringify({ holder: 'h', proposition: 'p', direction, saidAt: '2020-01-01' });
  const run = await runCli(['ingest', '-', '--create-missing', '--json', '--url', service.url], { stdin: line });
  const { position } = (documents(run.stdout).at(-1) as LinesSummary).summary;
  await runCli(['stance', 'h', '--min-position', String(position), '--url', service.url]);
};

const verified = async (env: Readonly<Record<string, string>>) => {
  const run = await runCli(['verify', '--json'], { env });
  return { code: run.code, verification: documents(run.stdout)[0] as Verification };
};

describe('the files of a service', () => {
  test('are verified while it runs', async () => {
    const { code, verification } = await verified(one.env);
    expect([code, verification.equal, verification.feed?.equal]).toEqual([0, true, true]);
    expect(verification.tables.find(({ table }) => table === 'statements')?.live.rows).toBe(1);
  });

  test('are not rebuilt while it runs', async () => {
    const run = await runCli(['rebuild'], { env: one.env });
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('stop it first');
  });

  test('are found wrong where the read model is not that of the events, and right after a rebuild', async () => {
    expect(await Promise.all([one.stop(), other.stop()])).toEqual([0, 0]);
    const mixed = { ...one.env, STANCE_READ_MODEL_URL: other.env['STANCE_READ_MODEL_URL'] ?? '' };
    const wrong = await verified(mixed);
    expect([wrong.code, wrong.verification.equal]).toEqual([1, false]);
    expect(wrong.verification.tables.find(({ table }) => table === 'statements')?.firstDifference).not.toBeNull();
    expect((await runCli(['verify'], { env: mixed })).stdout).toMatch(/^statements +1 {2}DIFFERENT$/m);

    const rebuilt = await runCli(['rebuild'], { env: one.env });
    expect(rebuilt.code, rebuilt.stderr).toBe(0);
    expect(rebuilt.stdout).toMatch(/^Rebuilt from 3 events, up to position 3/);
    expect((await verified(one.env)).code).toBe(0);
  });

  test('that are not there are named', async () => {
    const env = { ...one.env, STANCE_EVENT_STORE_URL: `sqlite:${one.folder}/nothing.db` };
    for (const command of ['verify', 'rebuild']) {
      const run = await runCli([command], { env });
      expect([run.code, run.stdout]).toEqual([1, '']);
      expect(run.stderr).toContain('nothing.db');
    }
  });
});

describe('serve', () => {
  test('with a wrong configuration is wrong use, and says all that is wrong', async () => {
    const env = { STANCE_PORT: 'many', STANCE_COLOUR: 'red' };
    for (const command of ['serve', 'verify']) {
      const run = await runCli([command], { env });
      expect([run.code, run.stdout]).toEqual([2, '']);
      expect(run.stderr).toContain('STANCE_PORT');
      expect(run.stderr).toContain('STANCE_COLOUR');
    }
  });

  test('says where it listens, to a program as one line of JSON', async () => {
    const child = spawnCli(['serve', '--json'], {
      STANCE_EVENT_STORE_URL: `sqlite:${one.folder}/json-events.db`,
      STANCE_READ_MODEL_URL: `sqlite:${one.folder}/json-read-model.db`,
      STANCE_PORT: '0',
      STANCE_SEED: 'none',
    });
    let written = '';
    const ended = once(child, 'close');
    for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      written += text;
      if (!written.endsWith('\n')) continue;
      const [{ address }] = documents(written) as [{ address: string }];
      expect((await fetch(`${address}/healthz`)).status).toBe(200);
      child.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(documents(written)).toEqual([{ address: expect.stringMatching(/^http:/) as unknown, seeded: [] }]);
  });

  test('on a port that is taken fails and says what to do', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const run = await runCli(['serve'], {
      env: {
        STANCE_EVENT_STORE_URL: `sqlite:${one.folder}/taken-events.db`,
        STANCE_READ_MODEL_URL: `sqlite:${one.folder}/taken-read-model.db`,
        STANCE_PORT: String(port),
      },
    });
    taken.close();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`Port ${port}`);
  });
});
