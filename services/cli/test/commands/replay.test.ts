import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { VersionAnswer, VersionDifferences } from '@stance/contracts';
import { expect, onTestFinished, test } from 'vitest';

import { documents, runCli } from '../support/run-cli.ts';
import { startService } from '../support/service.ts';

const line = (id: string, holder: string): string =>
  JSON.stringify({ id, holder, proposition: 'p', direction: 'support', saidAt: '2020-01-01' });

test('the read model is made anew beside the one that serves, compared, switched to and back, and dropped', async () => {
  const before = await startService();
  onTestFinished(() => rm(before.folder, { recursive: true, force: true }));
  const recorded = await runCli(['ingest', '-', '--create-missing', '--url', before.url], {
    stdin: `${line('s1', 'ann')}\n${line('s2', 'bob')}\n${line('s3', 'cid')}\n`,
  });
  expect(recorded.code, recorded.stderr).toBe(0);
  expect((await runCli(['changes', '--url', before.url])).stdout).toContain('bob');
  await before.stop();
  // A change is lost, and an event becomes one that no program can read.
  const rows = new DatabaseSync(join(before.folder, 'read-model.db'));
  rows.exec(`DELETE FROM changes WHERE body LIKE '%"s2"%'`);
  rows.close();
  const { STANCE_PORT: _, ...env } = before.env;
  const service = await startService(env);
  onTestFinished(async () => void (await service.stop()));
  const stance = (...args: readonly string[]) => runCli([...args, '--url', service.url]);

  const dry = await stance('replay', '--dry-run');
  expect([dry.code, dry.stdout]).toEqual([
    0,
    expect.stringMatching(/^bob p\n {2}\+ first .*\n1 change would differ, as of position \d+\.\n$/),
  ]);
  const [differences] = documents((await stance('replay', '--dry-run', '--json')).stdout) as VersionDifferences[];
  expect(differences).toMatchObject({ changes: { before: 2, after: 3 }, differing: 1, more: false });
  expect((await stance('replay', '--holder', 'ann', '--dry-run')).stdout).toContain('nothing differs');
  expect((await stance('replay', '--proposition', 'p', '--dry-run')).stdout).toContain('nothing was written');

  const replayed = await stance('replay');
  expect([replayed.code, replayed.stdout]).toEqual([0, expect.stringMatching(/^version \d+: active/)]);
  const versions = documents((await stance('versions', 'list', '--json')).stdout) as VersionAnswer[];
  expect(versions.map(({ state }) => state)).toEqual(['retired', 'active']);
  const [old, present] = versions.map(({ version }) => String(version));
  expect((await stance('changes')).stdout).toContain('bob');
  expect((await stance('versions', 'switch', old ?? '')).stdout).toContain(`version ${old ?? ''}: active`);
  expect((await stance('changes')).stdout).not.toContain('bob');
  expect((await stance('replay', '--holder', 'bob')).stdout).toContain('different: 1; written');
  expect((await stance('changes')).stdout).toContain('bob');
  expect((await stance('versions', 'drop', old ?? '')).stderr).toContain('version-refused');
  expect((await stance('versions', 'drop', present ?? '')).stdout).toBe(`version ${present ?? ''}: dropped\n`);

  expect((await stance('replay', '--no-switch')).stdout).toMatch(/: ready/);
  const second = await stance('replay');
  expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('rebuild-under-way')]);
  expect((await stance('replay', '--resume', '--drop-old')).stdout).toMatch(/: active/);
  expect(documents((await stance('versions', 'list', '--json')).stdout)).toHaveLength(1);
  expect((await stance('replay', '--resume')).code).toBe(1);
  for (const wrong of [
    ['--method', 'other'],
    ['--dry-run', '--drop-old'],
    ['--holder', 'ann', '--park'],
  ]) {
    expect((await stance('replay', ...wrong)).code).toBe(2);
  }
}, 120_000);

test('a rebuild halts at an event that cannot be handled, says so, and goes on once it may park it', async () => {
  const before = await startService();
  onTestFinished(() => rm(before.folder, { recursive: true, force: true }));
  const recorded = await runCli(['ingest', '-', '--create-missing', '--url', before.url], {
    stdin: `${line('s1', 'ann')}\n${line('s2', 'bob')}\n`,
  });
  expect(recorded.code, recorded.stderr).toBe(0);
  expect((await runCli(['changes', '--url', before.url])).stdout).toContain('bob');
  await before.stop();
  // The one that serves has it, and no program of today could make it again.
  const events = new DatabaseSync(join(before.folder, 'events.db'));
  events.exec(`UPDATE events SET schema_version = 9 WHERE stream = 'statement-s2'`);
  events.close();
  const { STANCE_PORT: _, ...env } = before.env;
  const service = await startService(env);
  onTestFinished(async () => void (await service.stop()));
  const stance = (...args: readonly string[]) => runCli([...args, '--url', service.url]);

  const halted = await stance('replay');
  expect([halted.code, halted.stderr]).toEqual([
    1,
    expect.stringMatching(/poison-event[\s\S]*stance versions resume 2/),
  ]);
  expect((await stance('versions', 'list')).stdout).toMatch(/version 2: building[\s\S]*statement-s2/);
  expect((await stance('changes')).stdout).toContain('bob');
  expect((await stance('versions', 'drop', '2')).code).toBe(0);
  expect((await stance('replay', '--park')).stdout).toMatch(/version 3: active/);
  expect((await stance('parked', 'list')).stdout).toContain('statement-s2');
}, 120_000);
