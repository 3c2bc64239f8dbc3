import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { EventStore } from '@stance/event-store';
import { openSqliteEventLogReader, openSqliteEventStore } from '@stance/event-store/sqlite';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';

import { temporaryFolder } from '../temporary-folder.ts';
import { newEvent } from './fixtures/new-event.ts';

async function appendMany(store: EventStore, count: number): Promise<void> {
  await store.append(
    Array.from({ length: count }, (_, index) => ({
      stream: `s-${index}`,
      expectedRevision: -1,
      events: [newEvent(JSON.stringify('x'.repeat(500)))],
    })),
  );
}

describe('the file of an event store', () => {
  it('is made with its folder where it is not there', async () => {
    const path = join(temporaryFolder(), 'not', 'there', 'events.db');
    const store = await openSqliteEventStore({ path });
    expect(existsSync(path)).toBe(true);
    await store.close();
  });

  it('is all there is after closing, but for the lock', async () => {
    const folder = temporaryFolder();
    const store = await openSqliteEventStore({ path: join(folder, 'events.db') });
    await appendMany(store, 10);
    await store.close();
    expect(readdirSync(folder)).toEqual(['events.db', 'events.db-lock']);
  });

  it('is laid out where an earlier start was cut off before that', async () => {
    const path = join(temporaryFolder(), 'events.db');
    writeFileSync(path, '');
    await (await openSqliteEventStore({ path })).close();
    const other = join(temporaryFolder(), 'events.db');
    const database = new Database(other);
    database.pragma('journal_mode = WAL');
    database.close();
    expect(statSync(other).size).toBeGreaterThan(0);
    const store = await openSqliteEventStore({ path: other });
    await appendMany(store, 1);
    await store.close();
  });

  it('is refused, and left as it is, where it belongs to another program', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const database = new Database(path);
    database.exec('CREATE TABLE events (position INTEGER)');
    database.close();
    const before = readFileSync(path);
    const refused = { code: 'event-store-foreign-file', retryable: false, message: expect.stringContaining(path) };
    await expect(openSqliteEventStore({ path })).rejects.toMatchObject(refused);
    await expect(openSqliteEventLogReader({ path })).rejects.toMatchObject(refused);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is refused, and left as it is, where it is no database', async () => {
    const path = join(temporaryFolder(), 'events.db');
    writeFileSync(path, 'Dear diary, '.repeat(1000));
    const before = readFileSync(path);
    const refused = { code: 'event-store-foreign-file', message: expect.stringContaining('another path') };
    await expect(openSqliteEventStore({ path })).rejects.toMatchObject(refused);
    await expect(openSqliteEventLogReader({ path })).rejects.toMatchObject(refused);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is refused where a newer program has written it', async () => {
    const path = join(temporaryFolder(), 'events.db');
    await (await openSqliteEventStore({ path })).close();
    const database = new Database(path);
    database.pragma('user_version = 2');
    database.close();
    await expect(openSqliteEventStore({ path })).rejects.toMatchObject({
      code: 'event-store-foreign-file',
      message: expect.stringContaining('layout version 2'),
    });
  });

  it('is refused where it was cut off', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const store = await openSqliteEventStore({ path });
    await appendMany(store, 1000);
    await store.close();
    truncateSync(path, 64 * 1024);
    const damaged = { code: 'event-store-corrupt', message: expect.stringContaining('put back a backup') };
    await expect(openSqliteEventStore({ path })).rejects.toMatchObject(damaged);
    await expect(openSqliteEventLogReader({ path })).rejects.toMatchObject(damaged);
  });

  it('gives no wrong answer where it is damaged in the middle', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const store = await openSqliteEventStore({ path });
    await appendMany(store, 1000);
    await store.close();
    const bytes = readFileSync(path);
    for (let page = 10; page < 100; page += 1) bytes.fill(0xff, page * 4096, page * 4096 + 100);
    writeFileSync(path, bytes);
    const log = await openSqliteEventLogReader({ path });
    await expect(log.readAll({ after: 0, limit: 1000 })).rejects.toMatchObject({ code: 'event-store-corrupt' });
    await log.close();
  });

  it('is refused where it is a folder', async () => {
    const path = join(temporaryFolder(), 'events.db');
    mkdirSync(path);
    await expect(openSqliteEventStore({ path })).rejects.toMatchObject({ code: 'event-store-unavailable' });
  });

  it('can be backed up while it is open', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'events.db');
    const store = await openSqliteEventStore({ path });
    await appendMany(store, 100);
    const database = new Database(path, { readonly: true });
    await database.backup(join(folder, 'backup.db'));
    database.prepare('VACUUM INTO ?').run(join(folder, 'vacuumed.db'));
    database.close();
    const { events } = await store.readAll({ after: 0, limit: 1000 });
    await store.close();
    for (const name of ['backup.db', 'vacuumed.db']) {
      const copy = await openSqliteEventStore({ path: join(folder, name) });
      expect((await copy.readAll({ after: 0, limit: 1000 })).events).toEqual(events);
      expect(await copy.append([{ stream: 's-0', expectedRevision: 0, events: [newEvent()] }])).toMatchObject([
        { outcome: 'appended', position: 101 },
      ]);
      await copy.close();
    }
  });

  it('does not let the write-ahead log grow with what is appended', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const store = await openSqliteEventStore({ path });
    for (let call = 0; call < 30; call += 1) {
      await store.append(
        Array.from({ length: 1000 }, (_, index) => ({
          stream: `s-${call}-${index}`,
          expectedRevision: -1,
          events: [newEvent(JSON.stringify('x'.repeat(2000)))],
        })),
      );
    }
    expect(statSync(path).size).toBeGreaterThan(30 * 1024 * 1024);
    expect(statSync(`${path}-wal`).size).toBeLessThan(25 * 1024 * 1024);
    await store.close();
  });

  it('takes the write-ahead log in when nothing comes in for a moment', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const store = await openSqliteEventStore({ path });
    await appendMany(store, 1000);
    const database = new Database(path, { readonly: true });
    const frames = () => database.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }];
    expect(frames()[0].log).toBeGreaterThan(0);
    await vi.waitFor(() => expect(frames()[0].checkpointed).toBe(frames()[0].log), 5000);
    database.close();
    await store.close();
  });

  it('can be read by other tools: what an event carries is text in named columns', async () => {
    const path = join(temporaryFolder(), 'events.db');
    const store = await openSqliteEventStore({ path, clock: () => 1234 });
    const event = newEvent('{"a":1}');
    await store.append([{ stream: 'a', expectedRevision: -1, events: [event] }]);
    await store.close();
    const database = new Database(path, { readonly: true });
    expect(database.prepare('SELECT * FROM events').all()).toEqual([
      {
        position: 1,
        stream: 'a',
        revision: 0,
        id: event.id,
        type: 'SomethingHappened',
        schema_version: 1,
        recorded_at: 1234,
        metadata: '{"correlationId":"test"}',
        data: '{"a":1}',
      },
    ]);
    database.close();
  });
});
