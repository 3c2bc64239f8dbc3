import type { TableRowsReader } from '@stance/read-model';
import { expect, it } from 'vitest';

import { compareTable } from '../src/compare-rows.ts';

const reader = (rows: () => AsyncGenerator<string, undefined>): TableRowsReader =>
  ({ rows }) as unknown as TableRowsReader;

it('ends the reading of the other side where one side fails, and tells that failure', async () => {
  let ended = false;
  const live = reader(async function* () {
    yield await Promise.resolve('a');
    throw new Error('the server is gone');
  });
  const rebuilt = reader(async function* () {
    try {
      for (;;) yield await Promise.resolve('a');
    } finally {
      ended = true;
    }
  });
  await expect(compareTable('actors', live, rebuilt)).rejects.toThrow('the server is gone');
  expect(ended).toBe(true);
});
