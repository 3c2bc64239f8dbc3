import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { openSqliteEventLogReader, openSqliteEventStore } from '@stance/event-store/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';

import { temporaryFolder } from '../temporary-folder.ts';
import { newEvent } from './fixtures/new-event.ts';

const request = (stream: string) => ({ stream, expectedRevision: -1, events: [newEvent()] });

const removed = {
  code: 'event-store-removed',
  retryable: false,
  message: expect.stringContaining('removed or replaced while it was open: stop the service'),
};

async function openWithOneEvent() {
  const folder = join(temporaryFolder(), 'data');
  const path = join(folder, 'events.db');
  const store = await openSqliteEventStore({ path });
  onTestFinished(() => store.close());
  await store.append([request('before')]);
  return { folder, path, store };
}

// Where an open file cannot be removed there is nothing to miss.
describe.skipIf(process.platform === 'win32')('an event store whose file is not at its path any more', () => {
  it('acknowledges nothing and answers nothing where the folder was removed, and makes no new one', async () => {
    const { folder, store } = await openWithOneEvent();
    rmSync(folder, { recursive: true });
    await expect(store.append([request('lost')])).rejects.toMatchObject(removed);
    await expect(store.append([request('lost')])).rejects.toMatchObject(removed);
    await expect(store.head()).rejects.toMatchObject(removed);
    await expect(store.readStream('before')).rejects.toMatchObject(removed);
    await expect(store.readAll({ after: 0, limit: 10 })).rejects.toMatchObject(removed);
    expect(existsSync(folder)).toBe(false);
  });

  it('leaves the file that took its place as it is', async () => {
    const { folder, path, store } = await openWithOneEvent();
    renameSync(folder, `${folder}-before`);
    mkdirSync(folder);
    const other = await openSqliteEventStore({ path });
    onTestFinished(() => other.close());
    await expect(store.append([request('lost')])).rejects.toMatchObject(removed);
    await expect(store.head()).rejects.toMatchObject(removed);
    expect(await other.head()).toBe(0);
  });

  it('is missed by those who read beside it', async () => {
    const { folder, path } = await openWithOneEvent();
    const log = await openSqliteEventLogReader({ path });
    onTestFinished(() => log.close());
    rmSync(folder, { recursive: true });
    await expect(log.head()).rejects.toMatchObject(removed);
  });

  it('acknowledges nothing where it was opened by a link and the write-ahead log beside the file was removed', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'real.db');
    const path = join(folder, 'link.db');
    await (await openSqliteEventStore({ path: file })).close();
    symlinkSync(file, path);
    const store = await openSqliteEventStore({ path });
    onTestFinished(() => store.close());
    await store.append([request('before')]);
    rmSync(`${file}-wal`);
    await expect(store.append([request('unknown')])).rejects.toMatchObject(removed);
  });

  it('keeps what was acknowledged where only its write-ahead log was removed', async () => {
    const { folder, path, store } = await openWithOneEvent();
    rmSync(`${path}-wal`);
    await expect(store.append([request('unknown')])).rejects.toMatchObject(removed);
    await expect(store.append([request('never')])).rejects.toMatchObject(removed);
    await store.close();
    expect(readdirSync(folder)).toContain('events.db');
    const again = await openSqliteEventStore({ path });
    onTestFinished(() => again.close());
    expect(await again.readStream('before')).toHaveLength(1);
    expect(await again.readStream('never')).toEqual([]);
  });
});
