import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { verify } from '@stance/projection';
import { expect } from 'vitest';

import type { ServiceFiles } from '../embedded/service-process.ts';

/** Expects that the read model, which has passed the position, is row for row what a clean rebuild gives. */
export const expectSameAsRebuilt = async ({ events, readModel }: ServiceFiles, passed: number): Promise<void> => {
  const source = await openSqliteEventLogReader({ path: events });
  try {
    const { position, tables } = await verify({ source, readModelPath: readModel, method: defaultMethod });
    expect(tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
    expect(position).toBeGreaterThanOrEqual(passed);
  } finally {
    await source.close();
  }
};
