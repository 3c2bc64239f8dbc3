import type { Database } from 'better-sqlite3';

import type { FeedEntry, FeedEntryType, PublishedChange } from '../feed-entry.ts';
import type { FeedReader, HistoryName } from '../feed-store.ts';
import { answered } from './sqlite-errors.ts';

interface ChangeRow {
  changeId: string;
  holder: string;
  proposition: string;
  method: string;
  methodVersion: number;
  revision: number;
  detectedAt: number;
  body: string;
}

interface EntryRow extends ChangeRow {
  position: number;
  type: FeedEntryType;
  recordedAt: number;
  previous: number | null;
  previousBody: string | null;
  replacedBy: string | null;
}

// A parameter that stands alone in a comparison would make SQLite (built with STAT4) plan such a query anew at every call:
// `+?` is the same value, and keeps the plan.
const changeColumns = `e.change_id AS changeId, e.holder, e.proposition, e.method, e.method_version AS methodVersion,
  e.revision, e.detected_at AS detectedAt, e.body`;

const entryOf = ({ method, methodVersion, ...row }: EntryRow): FeedEntry => ({
  ...row,
  method: { name: method, version: methodVersion },
});

/** What is read of the feed, on an open database. */
export const createFeedReads = (db: Database, path: string) => {
  const epoch = db.prepare<[], string>('SELECT epoch FROM feed').pluck();
  const head = db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM entries').pluck();
  const page = db.prepare<[number, number], EntryRow>(
    `SELECT ${changeColumns}, e.position, e.type, e.recorded_at AS recordedAt, e.previous, p.body AS previousBody,
       e.replaced_by AS replacedBy
     FROM entries e LEFT JOIN entries p ON p.position = e.previous WHERE e.position > +? ORDER BY e.position LIMIT +?`,
  );
  const record = db.prepare<[string, string, string], { revision: number; detectedAt: number }>(
    `SELECT e.revision, e.detected_at AS detectedAt FROM published s JOIN entries e ON e.position = s.entry
     WHERE s.holder = +? AND s.proposition = +? AND s.change_id = +?`,
  );
  const published = db.prepare<[string, string], ChangeRow & { entry: number }>(
    `SELECT ${changeColumns}, s.entry FROM published s JOIN entries e ON e.position = s.entry
     WHERE s.holder = +? AND s.proposition = +?`,
  );
  const histories = db.prepare<[string, string, number], HistoryName>(
    `SELECT DISTINCT holder, proposition FROM published WHERE (holder, proposition) > (+?, +?)
     ORDER BY holder, proposition LIMIT +?`,
  );

  const reader: FeedReader = {
    epoch: () => answered(path, () => epoch.get() ?? ''),
    head: () => answered(path, () => head.get() ?? 0),
    readFeed: ({ after, limit }) => answered(path, () => page.all(after, limit).map(entryOf)),
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
      published
        .all(holder, proposition)
        .map(({ method, methodVersion, ...row }) => ({ ...row, method: { name: method, version: methodVersion } })),
    histories: (after: HistoryName | null, limit: number): HistoryName[] =>
      histories.all(after?.holder ?? '', after?.proposition ?? '', limit),
  };
};
