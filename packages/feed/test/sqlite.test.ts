import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { FeedStore } from '@stance/feed';
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
  const open = (): FeedStore => {
    const store = openSqliteFeedStore({ path });
    stores.push(store);
    return store;
  };
  const stores: FeedStore[] = [];
  return Promise.resolve({
    store: open(),
    reopen: () => Promise.resolve(open()),
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()));
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

  it('that is not there cannot be read', () => {
    const { path, remove } = folder();
    expect(() => openSqliteFeedReader({ path })).toThrow(
      expect.objectContaining({ code: 'feed-unavailable', retryable: true }),
    );
    remove();
  });
});
