import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { isSqliteEventStoreInUse, openSqliteEventLogReader, openSqliteEventStore } from '@stance/event-store/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';

import { temporaryFolder } from '../temporary-folder.ts';
import { newEvent } from './fixtures/new-event.ts';

const run = promisify(execFile);
const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

async function appendInAnotherProcess(path: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, [fixture('append-once.ts'), path]);
  return JSON.parse(stdout);
}

describe('a file of events', () => {
  it('has one writer at a time: another process is told so', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const store = await openSqliteEventStore({ path });
    expect(await appendInAnotherProcess(path)).toMatchObject({ code: 'event-store-in-use', retryable: false });
    expect(isSqliteEventStoreInUse({ path })).toBe(true);
    await store.append([{ stream: 'a', expectedRevision: -1, events: [newEvent()] }]);
    await store.close();
    expect(isSqliteEventStoreInUse({ path })).toBe(false);
    expect(await appendInAnotherProcess(path)).toEqual({ outcome: 'appended', revision: 0, position: 2 });
  });

  it('has one writer at a time within a process too, by whatever path', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.db');
    const store = await openSqliteEventStore({ path });
    onTestFinished(() => store.close());
    symlinkSync(path, join(folder, 'link.db'));
    for (const other of [path, join(folder, 'link.db')]) {
      await expect(openSqliteEventStore({ path: other })).rejects.toMatchObject({
        code: 'event-store-in-use',
        message: expect.stringContaining('events.db'),
      });
    }
  });

  it('is free again when its writer was killed', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const child = spawn(process.execPath, [fixture('append-for-ever.ts'), path, '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(openSqliteEventStore({ path })).rejects.toMatchObject({ code: 'event-store-in-use' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await openSqliteEventStore({ path });
    expect(await store.head()).toBeGreaterThan(0);
    await store.close();
  });

  it('can be read beside its writer, and sees what is appended', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const store = await openSqliteEventStore({ path });
    const log = await openSqliteEventLogReader({ path });
    expect(await log.head()).toBe(0);
    const event = newEvent();
    await store.append([{ stream: 'a', expectedRevision: -1, events: [event] }]);
    expect(await log.head()).toBe(1);
    expect((await log.readStream('a'))[0]?.id).toBe(event.id);
    expect((await log.readAll({ after: 0, limit: 10 })).events).toHaveLength(1);
    await store.close();
    expect(await log.head()).toBe(1);
    await log.close();
    await expect(log.head()).rejects.toMatchObject({ code: 'event-store-closed' });
  });

  it('is not made by one who only reads', async () => {
    const path = join(temporaryFolder(), 'events.db');
    await expect(openSqliteEventLogReader({ path })).rejects.toMatchObject({
      code: 'event-store-unavailable',
      message: expect.stringContaining('there is no event store here'),
    });
  });
});
