import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultMethod } from '@stance/domain';
import type { FeedStore } from '@stance/feed';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { tables } from '@stance/read-model';
import type { ChangeSetReader, ReadModelWriter } from '@stance/read-model';
import { openSqliteChangeSetReader, openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

/** What is written to disk: emptied for each run rather than made anew, which takes longer than a run. */
export interface Files {
  readonly folder: string;
  readonly readModelPath: string;
  readonly writer: ReadModelWriter;
  readonly changes: ChangeSetReader;
  readonly feed: FeedStore;
  /** The same files, for who looks whether all is well. */
  readonly readModelRows: Database;
  readonly feedRows: Database;
  /** Makes the read model anew: another generation. */
  emptyReadModel(generation: string): void;
  /** Makes the feed anew: another epoch. */
  emptyFeed(epoch: string): void;
  close(): Promise<void>;
}

/** Memory that looks like a disk, where there is such a thing. */
const fastest = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

const open = (path: string): Database => {
  const db = new Sqlite(path);
  db.pragma('synchronous = OFF');
  return db;
};

export const openFiles = (): Files => {
  const folder = mkdtempSync(join(fastest(), 'stance-simulation-'));
  const readModelPath = join(folder, 'read-model.db');
  const feedPath = join(folder, 'feed.db');
  const writer = openSqliteReadModelWriter({ path: readModelPath, method: defaultMethod });
  const changes = openSqliteChangeSetReader({ path: readModelPath });
  const feed = openSqliteFeedStore({ path: feedPath });
  const readModelRows = open(readModelPath);
  const feedRows = open(feedPath);
  const emptied = Object.keys(tables)
    .filter((table) => table !== 'checkpoint')
    .map((table) => `DELETE FROM ${table};`)
    .join('');
  const restart = readModelRows.prepare(
    `UPDATE checkpoint SET position = 0, recorded_at = 0, generation = ?, event_id = NULL, event_stream = NULL,
       event_revision = NULL`,
  );
  const newEpoch = feedRows.prepare('UPDATE feed SET epoch = ?');

  return {
    folder,
    readModelPath,
    writer,
    changes,
    feed,
    readModelRows,
    feedRows,
    emptyReadModel: readModelRows.transaction((generation: string) => {
      readModelRows.exec(emptied);
      restart.run(generation);
    }),
    emptyFeed: feedRows.transaction((epoch: string) => {
      feedRows.exec('DELETE FROM entries; DELETE FROM published; DELETE FROM cursors; DELETE FROM owner;');
      newEpoch.run(epoch);
    }),
    async close() {
      readModelRows.close();
      feedRows.close();
      await Promise.all([writer.close(), changes.close(), feed.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
