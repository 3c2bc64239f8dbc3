import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { ParkedStream } from '@stance/contracts';
import { expect, onTestFinished, test } from 'vitest';

import { documents, runCli } from '../support/run-cli.ts';
import { startService } from '../support/service.ts';

const line = (id: string): string =>
  JSON.stringify({ id, holder: 'h', proposition: 'p', direction: 'support', saidAt: '2020-01-01' });

test('parked events are listed, shown, retried and skipped; a rebuild stops at one that was not parked before', async () => {
  const before = await startService();
  onTestFinished(() => rm(before.folder, { recursive: true, force: true }));
  const recorded = await runCli(['ingest', '-', '--create-missing', '--url', before.url], {
    stdin: `${line('s1')}\n${line('s2')}\n`,
  });
  expect(recorded.code, recorded.stderr).toBe(0);
  await before.stop();
  const events = new DatabaseSync(join(before.folder, 'events.db'));
  onTestFinished(() => events.close());
  const setVersion = events.prepare('UPDATE events SET schema_version = ? WHERE stream = ?');
  setVersion.run(9, 'statement-s1');
  setVersion.run(9, 'statement-s2');
  const { STANCE_PORT: _, ...env } = before.env;

  const stopped = await runCli(['rebuild'], { env });
  expect([stopped.code, stopped.stdout]).toEqual([1, '']);
  expect(stopped.stderr).toMatch(/revision 0 of statement-s1 .*unknown-event-version/);
  expect(stopped.stderr).toContain('--park');
  const parked = await runCli(['rebuild', '--park'], { env });
  expect([parked.code, parked.stdout]).toEqual([0, expect.stringContaining('parked: 2')]);
  // What was parked before is no news.
  expect((await runCli(['rebuild'], { env })).code).toBe(0);

  setVersion.run(1, 'statement-s1');
  const service = await startService(env);
  onTestFinished(async () => void (await service.stop()));
  const stance = (...args: readonly string[]) => runCli(['parked', ...args, '--url', service.url]);
  const listed = documents((await stance('list', '--json')).stdout) as ParkedStream[];
  expect(listed.map(({ stream }) => stream)).toEqual(['statement-s1', 'statement-s2']);
  expect((await stance('list')).stdout).toContain('incomplete: h p');
  expect((await stance('show', 'statement-s2')).stdout).toContain('"statementId":"s2"');
  expect((await stance('retry')).code).toBe(2);
  const retried = await stance('retry', '--all');
  expect([retried.code, retried.stdout]).toEqual([1, expect.stringMatching(/statement-s1 {2}1 event handled\n/)]);
  expect((await stance('retry', 'statement-s1')).stderr).toContain('not-parked');
  expect((await stance('skip', 'statement-s2')).code).toBe(2);
  expect((await stance('skip', 'statement-s2', '--reason', 'broken')).stderr).toContain('wholeStream');
  const skip = ['skip', 'statement-s2', '--whole-stream', '--reason', 'broken'] as const;
  expect((await stance(...skip)).stdout).toMatch(/^accepted · revision 0 of statement-s2 skipped/);
  expect((await stance(...skip, '--revision', '0')).stdout).toMatch(/^duplicate · /);
  expect((await stance('list')).stdout).toBe('Nothing is parked.\n');
}, 120_000);
