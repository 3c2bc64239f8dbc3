import type { Database } from 'better-sqlite3';

import type { PublishedChange } from '../feed-entry.ts';
import { changeColumns, entryOf, pageQueries, publishedOf } from '../feed-queries.ts';
import type { EntryRow, PublishedRow } from '../feed-queries.ts';
import type { FeedReader, HistoryName } from '../feed-store.ts';
import { answered } from './sqlite-errors.ts';

// A parameter that stands alone in a comparison would make SQLite (built with STAT4) plan such a query anew at every call:
// `+?` is the same value, and keeps the plan.
const pages = pageQueries(() => '+?');

/** What is read of the feed, on an open database. */
export const createFeedReads = (db: Database, path: string) => {
  const epoch = db.prepare<[], string>('SELECT epoch FROM feed').pluck();
  const head = db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM entries').pluck();
  const page = db.prepare<[number, number], EntryRow>(pages.entries);
  const current = db.prepare<[number, number], PublishedRow>(pages.current);
  const record = db.prepare<[string, string, string], { revision: number; detectedAt: number }>(
    `SELECT e.revision, e.detected_at AS detectedAt FROM published s JOIN entries e ON e.position = s.entry
     WHERE s.holder = +? AND s.proposition = +? AND s.change_id = +?`,
  );
  const published = db.prepare<[string, string], PublishedRow>(
    `SELECT ${changeColumns}, s.entry FROM published s JOIN entries e ON e.position = s.entry
     WHERE s.holder = +? AND s.proposition = +?`,
  );
  const histories = db.prepare<[string, string, number], HistoryName>(pages.histories);

  const reader: FeedReader = {
    epoch: () => answered(path, () => epoch.get() ?? ''),
    head: () => answered(path, () => head.get() ?? 0),
    readFeed: ({ after, limit }) => answered(path, () => page.all(after, limit).map(entryOf)),
    readCurrent: ({ after, upTo }) => answered(path, () => current.all(after, upTo).map(publishedOf)),
    changeRecords: (changes) =>
      answered(path, () => {
        const records = new Map<string, { revision: number; detectedAt: number }>();
        for (const { holder, proposition, changeId } of changes) {
          const row = record.get(holder, proposition, changeId);
          if (row !== undefined) records.set(changeId, row);
        }
        return records;
      }),
    close: () =>
      answered(path, () => {
        db.close();
      }),
  };

  return {
    reader,
    head: (): number => head.get() ?? 0,
    published: ({ holder, proposition }: HistoryName): PublishedChange[] =>
      published.all(holder, proposition).map(publishedOf),
    histories: (after: HistoryName | null, limit: number): HistoryName[] =>
      histories.all(after?.holder ?? '', after?.proposition ?? '', limit),
  };
};
