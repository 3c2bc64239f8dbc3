import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { verify } from '@stance/projection';
import { openSqliteActiveVersion, versionFile } from '@stance/read-model/sqlite';
import { expect } from 'vitest';

import type { ServiceFiles } from '../embedded/service-process.ts';

/** Expects that the read model that serves, which has passed the position, is row for row what a clean rebuild gives. */
export const expectSameAsRebuilt = async ({ events, readModel }: ServiceFiles, passed: number): Promise<void> => {
  const source = await openSqliteEventLogReader({ path: events });
  try {
    const serving = openSqliteActiveVersion({ path: readModel });
    const readModelPath = versionFile(readModel, serving.read());
    serving.close();
    const { position, tables } = await verify({ source, readModelPath, method: defaultMethod });
    expect(tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
    expect(position).toBeGreaterThanOrEqual(passed);
  } finally {
    await source.close();
  }
};
