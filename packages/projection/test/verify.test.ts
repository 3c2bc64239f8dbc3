import { defaultMethod } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { rebuild, rebuildFromFile, verify } from '@stance/projection';
import { openSqliteChangeSetReader } from '@stance/read-model/sqlite';
import { openSqliteEventStore } from '@stance/event-store/sqlite';
import Sqlite from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { naturalState } from './support/natural-state.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;

const someLog = async () => {
  const log = createRecordedLog();
  await log.made('a', statement({ act: 'vote', source: { part: 'record' } }));
  await log.made(
    'b',
    statement({ act: 'vote', source: { part: 'record' }, direction: 'oppose', saidAt: '2024-02-01' }),
  );
  return log;
};

const publish = async (readModelPath: string, feedPath: string): Promise<void> => {
  const changes = openSqliteChangeSetReader({ path: readModelPath });
  const feed = openSqliteFeedStore({ path: feedPath });
  const publisher = createPublisher({ changes, feed });
  while ((await publisher.publishNext(1)).more);
  await changes.close();
  await feed.close();
};

const spoil = (path: string, sql: string): void => {
  const db = new Sqlite(path);
  db.exec(sql);
  db.close();
};

describe('verify', () => {
  it('removes what killed ones left behind, but nothing of those that run', async () => {
    using folder = temporaryFolder();
    const readModelPath = folder.path('read-model.db');
    const { store } = await someLog();
    await project(store, readModelPath);
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const left = ['', '.rebuild', '.rebuild-wal'].map((suffix) => `read-model.db.verify-${String(gone)}${suffix}`);
    const kept = [`read-model.db.verify-${String(process.ppid)}.rebuild`, `other.db.verify-${String(gone)}`];
    for (const name of [...left, ...kept]) writeFileSync(folder.path(name), '');
    expect(await verify({ source: store, readModelPath, method })).toMatchObject({ equal: true });
    expect(readdirSync(folder.path('.')).filter((name) => name.includes('verify'))).toEqual(kept.toSorted());
  });

  it('finds nothing where the read model and the feed are as they should be', async () => {
    using folder = temporaryFolder();
    const readModelPath = folder.path('read-model.db');
    const feedPath = folder.path('feed.db');
    const { store } = await someLog();
    await project(store, readModelPath);
    await publish(readModelPath, feedPath);
    const found = await verify({ source: store, readModelPath, method, feedPath });
    expect(found).toMatchObject({
      equal: true,
      position: 2,
      feed: { equal: true, head: 2, gapAfter: null, current: 2, applied: 2, firstDifference: null },
    });
    expect(found.tables.find(({ table }) => table === 'statements')).toMatchObject({ live: { rows: 2 } });
    for (const { live, rebuilt } of found.tables) expect(live).toEqual(rebuilt);
    expect(readdirSync(folder.path('.')).filter((name) => name.includes('verify'))).toEqual([]);
  });

  it('names the first row that differs, and the table', async () => {
    using folder = temporaryFolder();
    const readModelPath = folder.path('read-model.db');
    const { store } = await someLog();
    await project(store, readModelPath);
    spoil(readModelPath, "UPDATE changes SET kind = 'softening' WHERE opened = 2");
    const { equal, tables } = await verify({ source: store, readModelPath, method });
    expect(equal).toBe(false);
    const different = tables.filter(({ firstDifference }) => firstDifference !== null);
    expect(different).toMatchObject([
      {
        table: 'changes',
        firstDifference: { live: expect.stringContaining('"softening"'), rebuilt: expect.any(String) },
      },
    ]);
  });

  it('finds rows that are missing, and rows that are too many', async () => {
    using folder = temporaryFolder();
    const readModelPath = folder.path('read-model.db');
    const { store } = await someLog();
    await project(store, readModelPath);
    spoil(readModelPath, 'DELETE FROM statements WHERE position = 2; INSERT INTO recorded VALUES (9999999999999, 2)');
    const { tables } = await verify({ source: store, readModelPath, method });
    const differenceOf = (name: string) => tables.find(({ table }) => table === name)?.firstDifference;
    expect(differenceOf('statements')).toMatchObject({ live: null });
    expect(differenceOf('recorded')).toMatchObject({ rebuilt: null });
  });

  it('finds a gap in the feed, and a change that the feed says otherwise', { timeout: 60_000 }, async () => {
    using folder = temporaryFolder();
    const readModelPath = folder.path('read-model.db');
    const feedPath = folder.path('feed.db');
    const { store } = await someLog();
    await project(store, readModelPath);
    await publish(readModelPath, feedPath);
    spoil(feedPath, "UPDATE entries SET body = '{}', position = 5 WHERE position = 2");
    const { equal, feed } = await verify({ source: store, readModelPath, method, feedPath });
    expect(equal).toBe(false);
    expect(feed).toMatchObject({ equal: false, gapAfter: 1, firstDifference: { applied: '{}' } });
  });
});

describe('a rebuild in place', () => {
  it('takes the place of the old file, its write-ahead log included', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const { store } = await someLog();
    await project(store, path);
    const before = naturalState(path);
    spoil(path, 'DELETE FROM statements');
    await rebuild({ source: store, path, method });
    expect(naturalState(path)).toEqual(before);
    expect(existsSync(`${path}.rebuild`)).toBe(false);
  });

  it('that fails leaves the old file as it was', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const { store } = await someLog();
    await project(store, path);
    const before = naturalState(path);
    const failing = () => Promise.reject(new Error('the disk is gone'));
    const source = { readAll: failing, readStream: failing };
    await expect(rebuild({ source, path, method })).rejects.toThrow('the disk is gone');
    expect(naturalState(path)).toEqual(before);
    expect(existsSync(`${path}.rebuild`)).toBe(false);
  });

  it('does not replace what belongs to another program', async () => {
    using folder = temporaryFolder();
    const path = folder.path('other.db');
    spoil(path, 'CREATE TABLE other (a)');
    const { store } = await someLog();
    await expect(rebuild({ source: store, path, method })).rejects.toMatchObject({ code: 'read-model-foreign-file' });
  });

  it('replaces a file that is damaged', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    writeFileSync(path, 'no database, or not any more, but certainly longer than the header of one would have to be');
    const { store } = await someLog();
    expect(await rebuild({ source: store, path, method })).toMatchObject({ position: 2, events: 2, parked: 0 });
  });

  it('can run in threads of its own, from a file, up to a position', async () => {
    using folder = temporaryFolder();
    const eventStorePath = folder.path('events.db');
    const store = await openSqliteEventStore({ path: eventStorePath });
    const log = createRecordedLog(store);
    await log.made('a', statement({}));
    await log.made('b', statement({ direction: 'oppose', saidAt: '2024-02-01' }));
    await log.retracted('a', statement({}));
    await store.close();
    const path = folder.path('read-model.db');
    const positions: number[] = [];
    const options = { eventStorePath, path, method, onProgress: (position: number) => void positions.push(position) };
    expect(await rebuildFromFile({ ...options, upTo: 2 })).toEqual({ position: 2, events: 2, parked: 0 });
    expect(await rebuildFromFile(options)).toEqual({ position: 3, events: 3, parked: 0 });
    expect(positions.at(-1)).toBe(3);
    const before = naturalState(path);
    const signal = AbortSignal.abort(new Error('given up'));
    await expect(rebuildFromFile({ ...options, upTo: 1, signal })).rejects.toThrow('given up');
    expect(naturalState(path)).toEqual(before);
    const missing = { ...options, eventStorePath: folder.path('none.db') };
    await expect(rebuildFromFile(missing)).rejects.toMatchObject({ code: 'event-store-unavailable' });
  });
});
