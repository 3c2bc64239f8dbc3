import { rmSync } from 'node:fs';

import type { Method } from '@stance/domain';
import type { FeedReader } from '@stance/feed';
import type { TableRowsReader } from '@stance/read-model';
import { openSqliteTableRows } from '@stance/read-model/sqlite';

import { comparedTables, compareTable } from './compare-rows.ts';
import type { VerifiedTable } from './compare-rows.ts';
import { currentChanges } from './current-changes.ts';
import type { ProjectedLog } from './projection.ts';
import { rebuild } from './rebuild.ts';
import { verifyFeed } from './verify-feed.ts';
import type { VerifiedFeed } from './verify-feed.ts';

export interface Verification {
  /** Whether nothing differs. */
  readonly equal: boolean;
  /** The position at which both were compared. */
  readonly position: number;
  readonly tables: readonly VerifiedTable[];
  readonly feed: VerifiedFeed | null;
}

/** What a verification is of, wherever it is. */
export interface Verified {
  readonly source: ProjectedLog;
  readonly method: Method;
  readonly openLive: () => TableRowsReader | Promise<TableRowsReader>;
  readonly openFeed: (() => FeedReader | Promise<FeedReader>) | null;
  /** Of the SQLite file that a clean rebuild is made in for the while. */
  readonly path: string;
  readonly onProgress?: ((progress: { readonly step: string; readonly position: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Compares what is open with a clean rebuild up to its checkpoint. @throws ReadModelError, EventStoreError, FeedError. */
export const verifyAt = async (verified: Verified): Promise<Verification> => {
  const { source, method, openLive, openFeed, path, onProgress, signal } = verified;
  await using opened = new AsyncDisposableStack();
  const closed = <Closable extends { close(): Promise<void> }>(closable: Closable): Closable =>
    opened.adopt(closable, (each) => each.close());
  const feed = openFeed === null ? null : closed(await openFeed());
  // Read before the snapshot is taken: up to there the feed cannot say more than the snapshot.
  const feedHead = feed === null ? 0 : await feed.head();
  const live = closed(await openLive());
  try {
    const { position } = live.checkpoint;
    await rebuild({
      source,
      path,
      method,
      upTo: position,
      onProgress: (at) => onProgress?.({ step: 'rebuild', position: at }),
      ...(signal === undefined ? {} : { signal }),
    });
    const rebuilt = closed(openSqliteTableRows({ path }));
    const compared: VerifiedTable[] = [];
    for (const table of comparedTables) {
      signal?.throwIfAborted();
      onProgress?.({ step: table, position });
      compared.push(await compareTable(table, live, rebuilt));
    }
    const verifiedFeed = feed === null ? null : await verifyFeed(feed, feedHead, currentChanges(live));
    const equal = compared.every(({ firstDifference }) => firstDifference === null) && (verifiedFeed?.equal ?? true);
    return { equal, position, tables: compared, feed: verifiedFeed };
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  }
};
