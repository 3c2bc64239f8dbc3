import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultMethod } from '@stance/domain';
import { openEventStoreDb } from '@stance/event-store/eventstoredb';
import { openPostgresFeedReader } from '@stance/feed/postgres';
import { compareReadModels, createProjection } from '@stance/projection';
import { openPostgresTableRows } from '@stance/read-model/postgres';
import { openSqliteReadModelWriter, openSqliteTableRows } from '@stance/read-model/sqlite';
import { expect } from 'vitest';

import { currentSet } from '../../end-to-end/support/current-set.ts';
import { applied } from '../../end-to-end/support/feed.ts';
import type { ClusterStores } from '../../support/cluster.ts';

/**
 * Expects that the read model is row for row what a clean rebuild from the events gives, and that what was published comes
 * to the same set of changes. Nothing may be under way.
 */
export const expectAsRebuilt = async ({ eventStoreUrl, readModelUrl: url }: ClusterStores): Promise<void> => {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'stance-rebuilt-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'read-model.db');
  const method = defaultMethod;
  const source = opened.adopt(await openEventStoreDb({ url: eventStoreUrl }), (each) => each.close());
  const writer = openSqliteReadModelWriter({ path, method });
  const projection = await createProjection({ source, writer, method });
  while ((await projection.applyNext(2000)).more);
  await writer.close();

  const rebuilt = opened.adopt(openSqliteTableRows({ path }), (each) => each.close());
  const live = opened.adopt(await openPostgresTableRows({ url }), (each) => each.close());
  expect(live.checkpoint.position).toBe(rebuilt.checkpoint.position);
  const tables = await compareReadModels(live, rebuilt);
  expect(tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);

  const feed = opened.adopt(await openPostgresFeedReader({ url }), (each) => each.close());
  const entries = await feed.readFeed({ after: 0, limit: 1_000_000 });
  expect(new Map([...applied(entries)].map(([id, { body }]) => [id, body]))).toEqual(await currentSet(rebuilt));
};
