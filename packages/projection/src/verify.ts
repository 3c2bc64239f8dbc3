import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Method } from '@stance/domain';
import { openSqliteFeedReader } from '@stance/feed/sqlite';
import { openSqliteReadModelWriter, openSqliteTableRows } from '@stance/read-model/sqlite';

import type { ProjectedLog } from './projection.ts';
import { verifyAt } from './verify-at.ts';
import type { SampleSize, Verification } from './verify-at.ts';

export interface VerifyOptions {
  readonly source: ProjectedLog;
  /** Of the SQLite file; it may be in use. A clean rebuild is made beside it for the while. */
  readonly readModelPath: string;
  readonly method: Method;
  /** Of the feed's SQLite file: where given, the feed is compared with the current set of changes, too. */
  readonly feedPath?: string;
  /** In place of a clean rebuild: how many histories are folded anew, and which. */
  readonly sample?: SampleSize;
  readonly onProgress?: (progress: { readonly step: string; readonly position: number }) => void;
  readonly signal?: AbortSignal;
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

/**
 * Compares a read model, as it is at its checkpoint, with the log, event by event; with a clean rebuild up to there, table by
 * table and by natural keys, or a sample of its histories with what they come to when they are folded anew; and the feed, applied in order, with the current set of changes. Works on a running system.
 *
 * @throws ReadModelError, EventStoreError, FeedError.
 */
export const verify = (options: VerifyOptions): Promise<Verification> => {
  const { readModelPath, feedPath } = options;
  return verifyAt({
    ...options,
    path: `${readModelPath}.verify-${String(process.pid)}`,
    openWriter: () => openSqliteReadModelWriter({ path: readModelPath, method: options.method }),
    openFeed: feedPath === undefined ? null : () => openSqliteFeedReader({ path: feedPath }),
    openLive: () => {
      const live = openSqliteTableRows({ path: readModelPath });
      sweep(readModelPath);
      return live;
    },
  });
};
