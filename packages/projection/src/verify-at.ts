import { rmSync } from 'node:fs';

import type { Method } from '@stance/domain';
import type { FeedReader } from '@stance/feed';
import type { ReadModelWriter, TableRowsReader } from '@stance/read-model';
import { openSqliteTableRows } from '@stance/read-model/sqlite';

import { comparedTables, compareTable } from './compare-rows.ts';
import type { VerifiedTable } from './compare-rows.ts';
import { currentChanges } from './current-changes.ts';
import type { ProjectedLog } from './projection.ts';
import { rebuild } from './rebuild.ts';
import { verifyEvents } from './verify-events.ts';
import type { VerifiedEvents } from './verify-events.ts';
import { verifySample } from './verify-sample.ts';
import type { VerifiedSample } from './verify-sample.ts';
import { verifyFeed } from './verify-feed.ts';
import type { VerifiedFeed } from './verify-feed.ts';

export interface Verification {
  /** Whether nothing differs. */
  readonly equal: boolean;
  /** The position at which both were compared. */
  readonly position: number;
  /** The log and the rows that were made of it, event by event. */
  readonly events: VerifiedEvents;
  /** The rows and those of a clean rebuild, table by table; none where only a sample was looked at. */
  readonly tables: readonly VerifiedTable[];
  /** Histories folded anew in memory; `null` where all was compared with a clean rebuild. */
  readonly sample: VerifiedSample | null;
  readonly feed: VerifiedFeed | null;
}

export interface SampleSize {
  readonly histories: number;
  readonly seed: number;
}

/** What a verification is of, wherever it is. */
export interface Verified {
  readonly source: ProjectedLog;
  readonly method: Method;
  /** In place of a clean rebuild: how many histories are folded anew, and which. */
  readonly sample?: SampleSize | undefined;
  /** The read model once more, to look things up in. */
  readonly openWriter: () => ReadModelWriter | Promise<ReadModelWriter>;
  readonly openLive: () => TableRowsReader | Promise<TableRowsReader>;
  readonly openFeed: (() => FeedReader | Promise<FeedReader>) | null;
  /** Of the SQLite file that a clean rebuild is made in for the while. */
  readonly path: string;
  readonly onProgress?: ((progress: { readonly step: string; readonly position: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Compares all tables with those of a clean rebuild up to where the read model is. */
const compareWithRebuilt = async (
  { source, method, path, onProgress, signal }: Verified,
  live: TableRowsReader,
): Promise<VerifiedTable[]> => {
  const { position } = live.checkpoint;
  try {
    await rebuild({
      source,
      path,
      method,
      upTo: position,
      onProgress: (at) => onProgress?.({ step: 'rebuild', position: at }),
      ...(signal === undefined ? {} : { signal }),
    });
    const rebuilt = openSqliteTableRows({ path });
    try {
      const compared: VerifiedTable[] = [];
      for (const table of comparedTables) {
        signal?.throwIfAborted();
        onProgress?.({ step: table, position });
        compared.push(await compareTable(table, live, rebuilt));
      }
      return compared;
    } finally {
      await rebuilt.close();
    }
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
  }
};

/**
 * Compares what is open, as it is at its checkpoint, with the log, event by event, and with the feed; and either all rows with a
 * clean rebuild, or a sample of histories with what they come to when they are folded anew.
 *
 * @throws ReadModelError, EventStoreError, FeedError.
 */
export const verifyAt = async (verified: Verified): Promise<Verification> => {
  const { source, method, openLive, openFeed, openWriter, onProgress, sample } = verified;
  const aborts = verified.signal === undefined ? {} : { signal: verified.signal };
  await using opened = new AsyncDisposableStack();
  const closed = <Closable extends { close(): Promise<void> }>(closable: Closable): Closable =>
    opened.adopt(closable, (each) => each.close());
  const feed = openFeed === null ? null : closed(await openFeed());
  // Read before the snapshot is taken: up to there the feed cannot say more than the snapshot.
  const feedHead = feed === null ? 0 : await feed.head();
  const live = closed(await openLive());
  const { position } = live.checkpoint;
  const events = await verifyEvents({
    source,
    rows: live,
    onProgress: (at) => onProgress?.({ step: 'events', position: at }),
    ...aborts,
  });
  const tables = sample === undefined ? await compareWithRebuilt(verified, live) : [];
  const sampled =
    sample === undefined
      ? null
      : await verifySample({ rows: live, writer: closed(await openWriter()), method, ...sample, ...aborts });
  const verifiedFeed = feed === null ? null : await verifyFeed(feed, feedHead, currentChanges(live));
  const equal =
    events.equal &&
    tables.every(({ firstDifference }) => firstDifference === null) &&
    (sampled?.equal ?? true) &&
    (verifiedFeed?.equal ?? true);
  return { equal, position, events, tables, sample: sampled, feed: verifiedFeed };
};
