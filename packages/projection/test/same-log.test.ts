import { defaultMethod } from '@stance/domain';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { createProjection } from '@stance/projection';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import { describe, expect, it } from 'vitest';

import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** A log of so many statements, recorded one a second from a moment on. */
const logOf = async (count: number, from: number) => {
  let now = from;
  const log = createRecordedLog(createMemoryEventStore({ clock: () => (now += 1000) }));
  for (let index = 0; index < count; index += 1) await log.made(`s${String(index)}`, statement({}));
  return log.store;
};

const opened = async (source: Awaited<ReturnType<typeof logOf>>, path: string): Promise<void> => {
  const writer = openSqliteReadModelWriter({ path, method: defaultMethod });
  try {
    await createProjection({ source, writer, method: defaultMethod });
  } finally {
    await writer.close();
  }
};

describe('a projection', () => {
  it('refuses a log that ends before what its read model has passed', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    await project(await logOf(5, 1_700_000_000_000), path);
    await expect(opened(await logOf(3, 1_700_000_000_000), path)).rejects.toMatchObject({
      code: 'read-model-of-another-log',
      message: expect.stringContaining('position 5') as unknown,
    });
  });

  it('refuses a log that went another way from an older state on', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    await project(await logOf(5, 1_700_000_000_000), path);
    await expect(opened(await logOf(9, 1_700_000_100_000), path)).rejects.toMatchObject({
      code: 'read-model-of-another-log',
      message: expect.stringContaining('another event') as unknown,
    });
  });

  it('goes on with a log that has only grown', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    await project(await logOf(5, 1_700_000_000_000), path);
    await expect(opened(await logOf(9, 1_700_000_000_000), path)).resolves.toBeUndefined();
  });
});
