import { defaultMethod } from '@stance/domain';
import { createProjection } from '@stance/projection';
import type { ReadModelWriter } from '@stance/read-model';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import { expect, it } from 'vitest';

import { createRecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;

const reads = [
  'checkpoint',
  'numbers',
  'merges',
  'appliedRevision',
  'pointers',
  'disowners',
  'parkedStreams',
  'skips',
] as const satisfies readonly (keyof ReadModelWriter)[];

it.each(reads)('finds out at the commit that another projection wrote while it read %s', async (call) => {
  using folder = temporaryFolder();
  const path = folder.path('read-model.db');
  const log = createRecordedLog();
  await log.made('a', statement({}));
  await log.made('b', statement({ holder: 'bob', proposition: 'p2' }));
  const theirs = openSqliteReadModelWriter({ path, method });
  const other = await createProjection({ source: log.store, writer: theirs, method });
  const own = openSqliteReadModelWriter({ path, method });
  let hasWritten = false;
  const readFirst = async (): Promise<never> => {
    const read = await (own[call] as (...given: unknown[]) => Promise<unknown>)('registry');
    if (!hasWritten) await other.applyNext(1);
    hasWritten = true;
    return read as never;
  };
  const projection = await createProjection({ source: log.store, writer: { ...own, [call]: readFirst }, method });
  await expect(projection.applyNext(10)).rejects.toMatchObject({ code: 'checkpoint-conflict' });
  await own.close();
  await theirs.close();
});
