import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { runCli, spawnCli } from '../support/run-cli.ts';
import { freePort, startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.remove());

let said = 0;
/** A statement that is a change: the direction is another one each time. */
const say = async (holder: string): Promise<void> => {
  said += 1;
  const direction = said % 2 === 0 ? 'support' : 'oppose';
  const saidAt = `2020-01-${String(said).padStart(2, '0')}`;
  const quote = { exact: 'So it is.', directness: 'direct' };
  const line = JSON.stringify({ id: `s${String(said)}`, holder, proposition: 'p', direction, saidAt, quote });
  const run = await runCli(['ingest', '-', '--create-missing', '--url', service.url], { stdin: line });
  expect(run.code, run.stderr).toBe(0);
};

/** The command, running, and what it has written by now. */
const watch = (...args: readonly string[]) => {
  const child = spawnCli(['watch', ...args, '--url', service.url]);
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    text,
    lines: () => text.stdout.split('\n').filter((line) => line !== ''),
    interrupt: (): Promise<number | null> => {
      child.kill('SIGINT');
      return ended;
    },
  };
};

interface Shown {
  readonly id: string;
  readonly event: string;
  readonly change?: { readonly openedBy: string };
}

test('shows changes as they come about, also those made while the service was killed and started again', async () => {
  const watching = watch('--json');
  const shown = (): Shown[] => watching.lines().map((line) => JSON.parse(line) as Shown);
  const opened = (): (string | undefined)[] =>
    shown().flatMap(({ change }) => (change === undefined ? [] : [change.openedBy]));
  const until = (count: number) =>
    vi.waitFor(() => expect(opened(), watching.text.stderr).toHaveLength(count), { timeout: 30_000 });
  await vi.waitFor(() => expect(shown()).toMatchObject([{ event: 'position' }]), { timeout: 30_000 });

  const people = watch('--holder', 'h');
  const wrong = watch('--holder', 'h', '--status', 'withdrawn', '--after', '0');
  await say('h');
  await until(1);
  await service.restartKilled();
  await say('h');
  await say('other');
  await until(3);
  expect(opened()).toEqual(['s1', 's2', 's3']);
  const ids = shown().flatMap(({ id, change }) => (change === undefined ? [] : [id]));
  expect(new Set(ids).size).toBe(3);
  // Ctrl-C is how it ends, and no failure.
  expect(await watching.interrupt()).toBe(0);

  const later = watch('--json', '--after', ids[1] ?? '');
  await vi.waitFor(() => expect(later.lines()[0] ?? '').toContain('"openedBy":"s3"'), { timeout: 30_000 });
  expect(await later.interrupt()).toBe(0);

  // Nobody was known under that id when these two began.
  for (const { interrupt, text } of [people, wrong]) {
    expect(await interrupt()).toBe(1);
    expect(text.stderr).toContain('There is no actor "h"');
  }
}, 120_000);

test('says in words what happened, and that the connection was lost and found again', async () => {
  await say('w');
  const watching = watch('--holder', 'w', '--after', '0');
  await vi.waitFor(() => expect(watching.lines()).toHaveLength(1), { timeout: 30_000 });
  expect(watching.lines()[0]).toMatch(/^detected {2}2020-01-\d\d {2}w {2}first: (support|oppose) · confirmed · p$/);
  await service.restartKilled();
  await vi.waitFor(() => expect(watching.text.stderr).toMatch(/it is tried again\.\nConnected again\.\n$/s), {
    timeout: 30_000,
  });
  expect(await watching.interrupt()).toBe(0);
}, 120_000);

test.each([
  [['--after', 'yesterday'], 'after'],
  [['--kind', 'none'], 'kind'],
])('is refused where it is asked for what there is not: %j', async (args, named) => {
  const run = await runCli(['watch', ...args, '--url', service.url]);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain(named);
});

test('says at once where nothing answers', async () => {
  const url = `http://127.0.0.1:${String(await freePort())}`;
  const run = await runCli(['watch', '--url', url]);
  expect([run.code, run.stdout]).toEqual([1, '']);
  expect(run.stderr).toContain(`Nothing answers at ${url}`);
});
