import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeFeedStoreContract } from '@stance/feed/contract-suite';
import { openSqliteFeedReader, openSqliteFeedStore } from '@stance/feed/sqlite';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

const folder = (): { readonly path: string; readonly remove: () => void } => {
  const made = mkdtempSync(join(tmpdir(), 'stance-feed-'));
  return {
    path: join(made, 'feed.db'),
    remove: () => {
      rmSync(made, { recursive: true, force: true });
    },
  };
};

describeFeedStoreContract('SQLite', () => {
  const { path, remove } = folder();
  let store = openSqliteFeedStore({ path });
  return Promise.resolve({
    store,
    reopen: async () => {
      await store.close();
      store = openSqliteFeedStore({ path });
      return store;
    },
    dispose: async () => {
      await store.close();
      remove();
    },
  });
});

describe('a feed file', () => {
  it('that belongs to another program is refused', () => {
    const { path, remove } = folder();
    const other = new Sqlite(path);
    other.exec('CREATE TABLE other (a)');
    other.close();
    expect(() => openSqliteFeedStore({ path })).toThrow(expect.objectContaining({ code: 'feed-foreign-file' }));
    remove();
  });

  it('that is no database is refused', () => {
    const { path, remove } = folder();
    writeFileSync(path, 'a text that is certainly long enough not to be taken for an empty file, and no database');
    expect(() => openSqliteFeedStore({ path })).toThrow(expect.objectContaining({ code: 'feed-corrupt' }));
    remove();
  });

  it('is published to by one at a time, under whatever name, and read by others meanwhile', async () => {
    const { path, remove } = folder();
    const store = openSqliteFeedStore({ path });
    const link = `${path}-link`;
    symlinkSync(path, link);
    for (const name of [path, link]) {
      expect(() => openSqliteFeedStore({ path: name })).toThrow(
        expect.objectContaining({ code: 'feed-in-use', retryable: false }),
      );
    }
    const reader = openSqliteFeedReader({ path });
    expect(await reader.head()).toBe(0);
    await reader.close();
    await store.close();
    await openSqliteFeedStore({ path }).close();
    remove();
  });

  it('of a version that bound it to no log is bound to the one that goes on with it', async () => {
    const { path, remove } = folder();
    await openSqliteFeedStore({ path }).close();
    const older = new Sqlite(path);
    older.exec('DROP TABLE owner');
    older.close();
    const store = openSqliteFeedStore({ path });
    expect(await store.bind('log-1')).toBe(true);
    await store.close();
    remove();
  });

  it('that is not there cannot be read', () => {
    const { path, remove } = folder();
    expect(() => openSqliteFeedReader({ path })).toThrow(
      expect.objectContaining({ code: 'feed-unavailable', retryable: true }),
    );
    remove();
  });
});
