import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { changeId } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { StanceChange } from '@stance/domain';
import { compareReadModels, fill } from '@stance/projection';
import { openSqliteReadModelFiller, openSqliteTableRows } from '@stance/read-model/sqlite';

import type { Follower } from '../processes/follower.ts';
import { must } from '../violation.ts';
import type { World } from '../world.ts';
import type { FeedInvariant } from './feed.ts';

const alike = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);

/** What must hold once all that was asked for is done, and nothing fails any more. */
export const checkAtRest = async (
  { log, files }: World,
  followers: readonly Follower[],
  feed: FeedInvariant,
): Promise<void> => {
  const path = join(files.folder, 'rebuilt.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  const filler = openSqliteReadModelFiller({ path, method: defaultMethod });
  await fill(filler, { source: log.store, method: defaultMethod });
  await filler.finish();
  await using opened = new AsyncDisposableStack();
  const live = opened.adopt(openSqliteTableRows({ path: files.readModelPath }), (rows) => rows.close());
  const rebuilt = opened.adopt(openSqliteTableRows({ path }), (rows) => rows.close());
  for (const { table, firstDifference } of await compareReadModels(live, rebuilt)) {
    must(
      firstDifference === null,
      'the read model equals a clean rebuild, row for row',
      () => `${table}: ${JSON.stringify(firstDifference)}`,
    );
  }

  const current = new Map<string, string>();
  for await (const { holder, proposition, body } of live.changes()) {
    const { track, openedBy } = JSON.parse(body) as StanceChange;
    current.set(changeId({ method: live.checkpoint.method, holder, proposition, track, openedBy }), body);
  }
  must(
    alike(feed.set(), current),
    'the feed, applied in order, gives the current set of changes',
    () => `${JSON.stringify([...feed.set()])} and ${JSON.stringify([...current])}`,
  );
  for (const { held, life } of followers) {
    must(alike(held.changes, current), 'who follows the feed holds the current set of changes', () => life.name);
  }
};
