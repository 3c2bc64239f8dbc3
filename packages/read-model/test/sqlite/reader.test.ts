import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { describeReadModelContract } from '../../src/contract-suite/index.ts';
import { openSqliteReadModelWriter } from '../../src/sqlite/index.ts';
import { openSqliteReadModel } from '../../src/sqlite/reader.ts';

const method = { name: 'default', version: 1 };

const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'stance-read-model-'));

describeReadModelContract('SQLite', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'read-model.db');
  const writer = openSqliteReadModelWriter({ path, method });
  const model = openSqliteReadModel({ path });
  return {
    writer,
    model,
    close: async () => {
      await model.close();
      await writer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

describe('a SQLite read model', () => {
  const inFolder = () => {
    const folder = temporaryFolder();
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    return { path: join(folder, 'read-model.db'), other: join(folder, 'rebuilt.db') };
  };

  test('that is not there yet is missing, which may be over later', () => {
    const { path } = inFolder();
    expect(() => openSqliteReadModel({ path })).toThrow(
      expect.objectContaining({ code: 'read-model-missing', retryable: true }),
    );
  });

  test('in a file of something else is foreign, and a damaged one corrupt', async () => {
    const { path, other } = inFolder();
    writeFileSync(path, 'this is not a database, and it is long enough to look like none at all'.repeat(20));
    expect(() => openSqliteReadModel({ path })).toThrow(expect.objectContaining({ code: 'read-model-corrupt' }));
    writeFileSync(other, '');
    expect(() => openSqliteReadModel({ path: other })).toThrow(
      expect.objectContaining({ code: 'read-model-foreign-file' }),
    );
  });

  test('that was made anew is read from the next read on, and one under way is finished on the old file', async () => {
    const { path, other } = inFolder();
    const old = openSqliteReadModelWriter({ path, method });
    const rebuilt = openSqliteReadModelWriter({ path: other, method });
    const { generation: before } = await old.checkpoint();
    const { generation: after } = await rebuilt.checkpoint();
    const model = openSqliteReadModel({ path });
    await old.close();
    await rebuilt.close();
    const generation = await model.read(async (snapshot) => {
      renameSync(other, path);
      await snapshot.positionAt(1);
      return snapshot.checkpoint.generation;
    });
    expect(generation).toBe(before);
    expect(await model.read((snapshot) => Promise.resolve(snapshot.checkpoint.generation))).toBe(after);
    await model.close();
  });
});
