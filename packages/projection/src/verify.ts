import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { changeId } from '@stance/contracts';
import type { Method, StanceChange } from '@stance/domain';
import type { EventLog } from '@stance/event-store';
import { openSqliteFeedReader } from '@stance/feed/sqlite';
import { tables } from '@stance/read-model';
import type { TableName, TableRowsReader } from '@stance/read-model';
import { openSqliteTableRows } from '@stance/read-model/sqlite';

import { rebuild } from './rebuild.ts';
import { createRowsDigest } from './rows-digest.ts';
import type { RowsDigest } from './rows-digest.ts';
import { verifyFeed } from './verify-feed.ts';
import type { VerifiedFeed } from './verify-feed.ts';

export interface VerifyOptions {
  readonly source: Pick<EventLog, 'readAll'>;
  /** Of the SQLite file; it may be in use. A clean rebuild is made beside it for the while. */
  readonly readModelPath: string;
  readonly method: Method;
  /** Of the feed's SQLite file: where given, the feed is compared with the current set of changes, too. */
  readonly feedPath?: string;
  readonly onProgress?: (progress: { readonly step: string; readonly position: number }) => void;
  readonly signal?: AbortSignal;
}

/** Where two tables differ first; `null` stands for no row. */
export interface RowDifference {
  readonly live: string | null;
  readonly rebuilt: string | null;
}

export interface VerifiedTable {
  readonly table: string;
  readonly live: RowsDigest;
  readonly rebuilt: RowsDigest;
  readonly firstDifference: RowDifference | null;
}

export interface Verification {
  /** Whether nothing differs. */
  readonly equal: boolean;
  /** The position at which both were compared. */
  readonly position: number;
  readonly tables: readonly VerifiedTable[];
  readonly feed: VerifiedFeed | null;
}

/** Checkpoints name the generation, which is another one in every rebuild. */
type ComparedTable = Exclude<TableName, 'checkpoint'>;
const isCompared = (table: string): table is ComparedTable => table !== 'checkpoint';
const comparedTables = Object.keys(tables).filter(isCompared);

const compare = (table: ComparedTable, live: TableRowsReader, rebuilt: TableRowsReader): VerifiedTable => {
  const liveDigest = createRowsDigest();
  const rebuiltDigest = createRowsDigest();
  let firstDifference: RowDifference | null = null;
  const others = Iterator.from(rebuilt.rows(table));
  for (const row of live.rows(table)) {
    const { value: other } = others.next();
    liveDigest.add(row);
    if (other !== undefined) rebuiltDigest.add(other);
    if (row !== other) firstDifference ??= { live: row, rebuilt: other ?? null };
  }
  for (const other of others) {
    rebuiltDigest.add(other);
    firstDifference ??= { live: null, rebuilt: other };
  }
  return { table, live: liveDigest.result(), rebuilt: rebuiltDigest.result(), firstDifference };
};

const currentChanges = function* (rows: TableRowsReader): Generator<{ readonly id: string; readonly body: string }> {
  const { method } = rows.checkpoint;
  for (const { holder, proposition, body } of rows.changes()) {
    // The projection wrote this text itself.
    const { track, openedBy } = JSON.parse(body) as StanceChange;
    yield { id: changeId({ method, holder, proposition, track, openedBy }), body };
  }
};

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
 * Compares a read model, as it is at its checkpoint, with a clean rebuild up to there, table by table and by natural
 * keys; and the feed, applied in order, with the current set of changes. Works on a running system.
 *
 * @throws ReadModelError, EventStoreError, FeedError.
 */
export const verify = async (options: VerifyOptions): Promise<Verification> => {
  const { source, readModelPath, method, feedPath, onProgress, signal } = options;
  const path = `${readModelPath}.verify-${String(process.pid)}`;
  await using opened = new AsyncDisposableStack();
  const closed = <Closable extends { close(): Promise<void> }>(closable: Closable): Closable =>
    opened.adopt(closable, (each) => each.close());
  const feed = feedPath === undefined ? null : closed(openSqliteFeedReader({ path: feedPath }));
  // Read before the snapshot is taken: up to there the feed cannot say more than the snapshot.
  const feedHead = feed === null ? 0 : await feed.head();
  const live = closed(openSqliteTableRows({ path: readModelPath }));
  sweep(readModelPath);
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
    const compared = comparedTables.map((table) => {
      signal?.throwIfAborted();
      onProgress?.({ step: table, position });
      return compare(table, live, rebuilt);
    });
    const verifiedFeed = feed === null ? null : await verifyFeed(feed, feedHead, currentChanges(live));
    const equal = compared.every(({ firstDifference }) => firstDifference === null) && (verifiedFeed?.equal ?? true);
    return { equal, position, tables: compared, feed: verifiedFeed };
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  }
};
