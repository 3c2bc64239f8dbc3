import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AppendRequest } from '@stance/event-store';
import { openSqliteEventStore } from '@stance/event-store/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';

import { encodeBatch } from '../../src/sqlite/batch.ts';
import { openForWriting } from '../../src/sqlite/event-file.ts';
import { toEventStoreError } from '../../src/sqlite/sqlite-failure.ts';
import { createWriter } from '../../src/sqlite/writer.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { newEvent } from './fixtures/new-event.ts';

const requests = (name: string, count: number): AppendRequest[] =>
  Array.from({ length: count }, (_, index) => ({
    stream: `${name}-${index}`,
    expectedRevision: -1,
    events: [newEvent(JSON.stringify('x'.repeat(4000)))],
  }));

/** A disk of its own of so many MiB, where the system lets us have one. */
function mountSmallDisk(mebibytes: number): string | undefined {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', [folder]);
  });
  return folder;
}

describe('a writer that runs out of space', () => {
  it('writes nothing of the batch, and goes on when there is space', () => {
    const path = join(temporaryFolder(), 'events.db');
    const database = openForWriting(path);
    onTestFinished(() => {
      database.close();
    });
    const writer = createWriter(database);
    writer.append(encodeBatch(requests('before', 3), 1));
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages + 10}`);
    let failure: unknown;
    try {
      writer.append(encodeBatch(requests('large', 100), 2));
    } catch (error) {
      failure = toEventStoreError(error, path);
    }
    expect(failure).toMatchObject({ code: 'event-store-full', retryable: true });
    expect(writer.head).toBe(3);
    expect(database.prepare('SELECT count(*) FROM events').pluck().get()).toBe(3);
    database.pragma(`max_page_count = ${pages + 10_000}`);
    writer.append(encodeBatch(requests('large', 100), 3));
    expect(writer.head).toBe(103);
    expect(database.prepare('SELECT max(position), count(*) FROM events').raw().get()).toEqual([103, 103]);
  });
});

describe('an event store on a full disk', () => {
  it('says so, has nothing half done, can be read, and goes on when there is space again', async (context) => {
    const folder = mountSmallDisk(4);
    if (folder === undefined) return context.skip('the system does not let us mount a small disk');
    const store = await openSqliteEventStore({ path: join(folder, 'events.db') });
    onTestFinished(() => store.close());
    await store.append(requests('before', 10));
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(3.5 * 1024 * 1024));
    const full = { code: 'event-store-full', retryable: true };
    await expect(store.append(requests('large', 300))).rejects.toMatchObject(full);
    await expect(store.append(requests('large', 300))).rejects.toMatchObject(full);
    expect(await store.head()).toBe(10);
    expect((await store.readAll({ after: 0, limit: 1000 })).events).toHaveLength(10);
    expect(await store.readStream('large-0')).toEqual([]);
    rmSync(join(folder, 'ballast'));
    expect((await store.append(requests('large', 300))).at(-1)).toEqual({
      outcome: 'appended',
      revision: 0,
      position: 310,
    });
  });
});

describe('an event store that may not be written to', () => {
  const fixture = join(import.meta.dirname, 'fixtures', 'append-once.ts');
  // Root may write anywhere: then somebody else has to try, who may not get at files in root's own folders.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const canTry = spawnSync(process.execPath, ['--check', fixture], user).status === 0;

  it.skipIf(!canTry)('says so when it is opened', () => {
    const folder = join(temporaryFolder(), 'data');
    mkdirSync(folder);
    chmodSync(join(folder, '..'), 0o755);
    chmodSync(folder, 0o555);
    const said = execFileSync(process.execPath, [fixture, join(folder, 'events.db')], { ...user, encoding: 'utf8' });
    chmodSync(folder, 0o755);
    expect(JSON.parse(said)).toMatchObject({
      code: 'event-store-read-only',
      retryable: false,
      message: expect.stringContaining('check their permissions'),
    });
  });
});
