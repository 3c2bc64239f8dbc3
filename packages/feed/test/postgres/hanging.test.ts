import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { openPostgresFeedStore } from '@stance/feed/postgres';
import { testPostgres } from '@stance/test-services';
import type { PostgresSchema } from '@stance/test-services';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const postgres = await testPostgres();

const inSchema = (): PostgresSchema => {
  const made = postgres.schema();
  onTestFinished(() => made.drop());
  return made;
};

/** A process that has the feed, and hangs. */
const hangingPublisher = async ({ url, schema }: PostgresSchema): Promise<void> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'publisher-process.ts')], {
    env: { PATH: process.env['PATH'], FEED_URL: url, FEED_SCHEMA: schema },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  });
  await once(child.stdout, 'data');
  child.kill('SIGSTOP');
};

describe.skipIf(postgres.missing !== null)(`a feed in PostgreSQL${postgres.note}`, () => {
  it('is taken from a process that hangs, and not from one that has nothing to do', { timeout: 90_000 }, async () => {
    const hung = inSchema();
    const idle = inSchema();
    const [{ number }] = (await postgres
      .schema()
      .query(`SELECT current_setting('server_version_num')::int AS number`)) as [{ number: number }];
    // Older servers end no idle sessions.
    if (number < 140_000) return;
    const store = await openPostgresFeedStore(idle);
    await hangingPublisher(hung);
    await expect(openPostgresFeedStore(hung)).rejects.toMatchObject({ code: 'feed-in-use' });
    const another = await vi.waitFor(() => openPostgresFeedStore(hung), { timeout: 60_000, interval: 200 });
    await expect(openPostgresFeedStore(idle)).rejects.toMatchObject({ code: 'feed-in-use' });
    expect(await another.head()).toBe(0);
    await another.close();
    await store.close();
  });
});
