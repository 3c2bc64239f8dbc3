import type { FeedEntry, FeedEntryType, PublishedChange } from './feed-entry.ts';

/** A change as the tables have it. */
export interface ChangeRow {
  readonly changeId: string;
  readonly holder: string;
  readonly proposition: string;
  readonly method: string;
  readonly methodVersion: number;
  readonly revision: number;
  readonly detectedAt: number;
  readonly body: string;
}

export interface EntryRow extends ChangeRow {
  readonly position: number;
  readonly type: FeedEntryType;
  readonly recordedAt: number;
  readonly previous: number | null;
  readonly previousBody: string | null;
  readonly replacedBy: string | null;
}

export interface PublishedRow extends ChangeRow {
  readonly entry: number;
}

const withMethod = <Row extends ChangeRow>({ method, methodVersion, ...row }: Row) => ({
  ...row,
  method: { name: method, version: methodVersion },
});

export const entryOf = (row: EntryRow): FeedEntry => withMethod(row);
export const publishedOf = (row: PublishedRow): PublishedChange => withMethod(row);

/** The columns of an entry `e` that say what it says of a change. */
export const changeColumns = `e.change_id AS "changeId", e.holder, e.proposition, e.method,
  e.method_version AS "methodVersion", e.revision, e.detected_at AS "detectedAt", e.body`;

/** The queries of pages, for any database: `parameter` says how one writes the parameter of that number. */
export const pageQueries = (parameter: (index: number) => string) => ({
  /** Entries after a position, at most so many. */
  entries: `SELECT ${changeColumns}, e.position, e.type, e.recorded_at AS "recordedAt", e.previous,
      p.body AS "previousBody", e.replaced_by AS "replacedBy"
    FROM entries e LEFT JOIN entries p ON p.position = e.previous
    WHERE e.position > ${parameter(1)} ORDER BY e.position LIMIT ${parameter(2)}`,
  /** The entries after a position, up to another, that stand for a change in the published set. */
  current: `SELECT ${changeColumns}, e.position AS entry
    FROM entries e JOIN published s ON s.holder = e.holder AND s.proposition = e.proposition
      AND s.change_id = e.change_id AND s.entry = e.position
    WHERE e.position > ${parameter(1)} AND e.position <= ${parameter(2)} ORDER BY e.position`,
  /** Histories with published changes after a holder and a proposition, at most so many. */
  histories: `SELECT DISTINCT holder, proposition FROM published
    WHERE (holder, proposition) > (${parameter(1)}, ${parameter(2)})
    ORDER BY holder, proposition LIMIT ${parameter(3)}`,
});
