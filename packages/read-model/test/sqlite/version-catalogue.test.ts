import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeVersionCatalogueContract } from '@stance/read-model/contract-suite';
import { openSqliteActiveVersion, openSqliteVersionCatalogue, versionFile } from '@stance/read-model/sqlite';
import { expect, it, onTestFinished } from 'vitest';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'stance-versions-'));

describeVersionCatalogueContract('SQLite', async () => {
  const folder = newFolder();
  const path = join(folder, 'read-model.db');
  const all = [openSqliteVersionCatalogue({ path })];
  const [catalogue] = all;
  if (catalogue === undefined) throw new Error('it was opened');
  const active = openSqliteActiveVersion({ path });
  return {
    catalogue,
    another: async () => {
      const another = openSqliteVersionCatalogue({ path });
      all.push(another);
      return another;
    },
    active: async () => active.read(),
    dispose: async () => {
      active.close();
      for (const each of all) await each.close();
      rmSync(folder, { recursive: true });
    },
  };
});

it('has a version beside the file of the first one', () => {
  expect([1, 2, 30].map((version) => versionFile('/data/read-model.db', version))).toEqual([
    '/data/read-model.db',
    '/data/read-model.v2.db',
    '/data/read-model.v30.db',
  ]);
  expect(versionFile('/data.d/model', 2)).toBe('/data.d/model.v2');
});

it('is not taken for one where the file is of something else', async () => {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'read-model.db');
  writeFileSync(join(folder, 'read-model.versions.db'), 'no database, but long enough to be looked at as one');
  expect(() => openSqliteVersionCatalogue({ path })).toThrow(expect.objectContaining({ code: 'read-model-corrupt' }));
  const active = openSqliteActiveVersion({ path });
  expect(() => active.read()).toThrow(expect.objectContaining({ code: 'read-model-corrupt' }));
});
