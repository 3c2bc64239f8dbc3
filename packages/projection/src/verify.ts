import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import type { Method } from '@stance/domain';
import type { FeedReader } from '@stance/feed';
import { openPostgresFeedReader } from '@stance/feed/postgres';
import type { PostgresFeedOptions } from '@stance/feed/postgres';
import { openSqliteFeedReader } from '@stance/feed/sqlite';
import type { TableRowsReader } from '@stance/read-model';
import { openPostgresTableRows } from '@stance/read-model/postgres';
import type { PostgresReadModelOptions } from '@stance/read-model/postgres';
import { openSqliteTableRows } from '@stance/read-model/sqlite';

import { comparedTables, compareTable } from './compare-rows.ts';
import type { VerifiedTable } from './compare-rows.ts';
import { currentChanges } from './current-changes.ts';
import type { ProjectedLog } from './projection.ts';
import { rebuild } from './rebuild.ts';
import { verifyFeed } from './verify-feed.ts';
import type { VerifiedFeed } from './verify-feed.ts';

export interface VerifyOptions {
  readonly source: ProjectedLog;
  /** Of the SQLite file; it may be in use. A clean rebuild is made beside it for the while. */
  readonly readModelPath: string;
  readonly method: Method;
  /** Of the feed's SQLite file: where given, the feed is compared with the current set of changes, too. */
  readonly feedPath?: string;
  readonly onProgress?: (progress: { readonly step: string; readonly position: number }) => void;
  readonly signal?: AbortSignal;
}

export interface VerifyPostgresOptions extends Pick<VerifyOptions, 'source' | 'method' | 'onProgress' | 'signal'> {
  /** Where the read model is; it may be in use. */
  readonly readModel: PostgresReadModelOptions;
  /** Where the feed is: where given, it is compared with the current set of changes, too. */
  readonly feed?: PostgresFeedOptions;
}

export interface Verification {
  /** Whether nothing differs. */
  readonly equal: boolean;
  /** The position at which both were compared. */
  readonly position: number;
  readonly tables: readonly VerifiedTable[];
  readonly feed: VerifiedFeed | null;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be sent a signal, but lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Removes the rebuilds of processes that were killed before they could. */
const sweep = (readModelPath: string): void => {
  const folder = dirname(readModelPath);
  const before = `${basename(readModelPath)}.verify-`;
  for (const name of readdirSync(folder)) {
    const [pid] = name.startsWith(before) ? (/^\d+/.exec(name.slice(before.length)) ?? []) : [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
};

/** What is compared, wherever it is. */
interface Verified extends Pick<VerifyOptions, 'source' | 'method' | 'onProgress' | 'signal'> {
  readonly openLive: () => TableRowsReader | Promise<TableRowsReader>;
  readonly openFeed: (() => FeedReader | Promise<FeedReader>) | null;
  /** Of the SQLite file that a clean rebuild is made in for the while. */
  readonly path: string;
}

const verifyAt = async (verified: Verified): Promise<Verification> => {
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

/**
 * Compares a read model, as it is at its checkpoint, with a clean rebuild up to there, table by table and by natural
 * keys; and the feed, applied in order, with the current set of changes. Works on a running system.
 *
 * @throws ReadModelError, EventStoreError, FeedError.
 */
export const verify = (options: VerifyOptions): Promise<Verification> => {
  const { readModelPath, feedPath } = options;
  return verifyAt({
    ...options,
    path: `${readModelPath}.verify-${String(process.pid)}`,
    openFeed: feedPath === undefined ? null : () => openSqliteFeedReader({ path: feedPath }),
    openLive: () => {
      const live = openSqliteTableRows({ path: readModelPath });
      sweep(readModelPath);
      return live;
    },
  });
};

/**
 * The same for a read model and a feed in PostgreSQL. The clean rebuild is a SQLite file in a folder of its own: rows are
 * compared by natural keys, so that it is nothing to them what they are kept in.
 *
 * @throws ReadModelError, EventStoreError, FeedError.
 */
export const verifyPostgres = async ({ readModel, feed, ...options }: VerifyPostgresOptions): Promise<Verification> => {
  const folder = mkdtempSync(join(tmpdir(), 'stance-verify-'));
  try {
    return await verifyAt({
      ...options,
      path: join(folder, 'read-model.db'),
      openFeed: feed === undefined ? null : () => openPostgresFeedReader(feed),
      openLive: () => openPostgresTableRows(readModel),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
