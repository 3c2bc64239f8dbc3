import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ReadModelWriter } from '@stance/read-model';
import { describeReadModelWriterContract } from '@stance/read-model/contract-suite';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

const method = { name: 'default', version: 1 };

const folder = (): { readonly path: string; readonly remove: () => void } => {
  const made = mkdtempSync(join(tmpdir(), 'stance-read-model-'));
  return {
    path: join(made, 'read-model.db'),
    remove: () => {
      rmSync(made, { recursive: true, force: true });
    },
  };
};

describeReadModelWriterContract('SQLite', () => {
  const { path, remove } = folder();
  const writers: ReadModelWriter[] = [];
  const open = (): ReadModelWriter => {
    const writer = openSqliteReadModelWriter({ path, method });
    writers.push(writer);
    return writer;
  };
  return Promise.resolve({
    writer: open(),
    reopen: () => Promise.resolve(open()),
    dispose: async () => {
      await Promise.all(writers.map((writer) => writer.close()));
      remove();
    },
  });
});

describe('a file that cannot be the read model', () => {
  const refused = (prepare: (path: string) => void, code: string): void => {
    const { path, remove } = folder();
    prepare(path);
    expect(() => openSqliteReadModelWriter({ path, method })).toThrow(expect.objectContaining({ code }));
    remove();
  };

  it('because it belongs to another program is refused', () => {
    refused((path) => {
      const other = new Sqlite(path);
      other.exec('CREATE TABLE other (a)');
      other.close();
    }, 'read-model-foreign-file');
  });

  it('because it is no database is refused', () => {
    refused((path) => {
      writeFileSync(path, 'a text that is certainly long enough not to be taken for an empty file, and no database');
    }, 'read-model-corrupt');
  });

  it('because its tables are of another version says that it must be rebuilt', () => {
    const { path, remove } = folder();
    void openSqliteReadModelWriter({ path, method }).close();
    const db = new Sqlite(path);
    db.pragma('user_version = 99');
    db.close();
    expect(() => openSqliteReadModelWriter({ path, method })).toThrow(
      expect.objectContaining({ code: 'read-model-outdated', message: expect.stringContaining('rebuild') }),
    );
    remove();
  });

  it('because another version of the method made it says that it must be rebuilt', () => {
    refused(
      (path) => void openSqliteReadModelWriter({ path, method: { ...method, version: 2 } }).close(),
      'read-model-outdated',
    );
  });

  it('because a file stands where its folder should be is refused', () => {
    const { path, remove } = folder();
    writeFileSync(path, 'a file');
    expect(() => openSqliteReadModelWriter({ path: join(path, 'read-model.db'), method })).toThrow(/EEXIST|ENOTDIR/);
    remove();
  });
});

describe('a read model', () => {
  it('is made with the folder that it is to stand in', async () => {
    const { path, remove } = folder();
    const writer = openSqliteReadModelWriter({ path: join(path, '..', 'new', 'read-model.db'), method });
    expect(await writer.checkpoint()).toMatchObject({ position: 0 });
    await writer.close();
    remove();
  });
});
