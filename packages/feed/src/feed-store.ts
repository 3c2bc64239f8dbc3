import type { FeedEntry, NewFeedEntry, PublishedChange } from './feed-entry.ts';

/** Whose changes: those of one holder on one proposition. */
export interface HistoryName {
  readonly holder: string;
  readonly proposition: string;
}

/** One of them, by its id. */
export interface ChangeName extends HistoryName {
  readonly changeId: string;
}

/** How far one generation of the read model has been published. */
export interface FeedCursor {
  /** The position of the log up to which its histories were compared. */
  readonly position: number;
  /** Whether what was published for histories that it does not have was taken back. */
  readonly swept: boolean;
}

export interface Publication {
  /** The generation of the read model. */
  readonly generation: string;
  /** Where its cursor must be. */
  readonly after: FeedCursor;
  readonly cursor: FeedCursor;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
  readonly entries: readonly NewFeedEntry[];
}

/** What readers of the feed need. All calls throw `FeedError`. */
export interface FeedReader {
  /** A random id of this feed store: positions of another one mean nothing here. */
  epoch(): Promise<string>;
  /** The position of the last entry; 0 where there is none. */
  head(): Promise<number>;
  /** Entries after a position, in order; at most `limit`. */
  readFeed(page: { readonly after: number; readonly limit: number }): Promise<FeedEntry[]>;
  /** Of the entries after a position, and up to another: those that stand for a change in the published set, in order. */
  readCurrent(range: { readonly after: number; readonly upTo: number }): Promise<PublishedChange[]>;
  /** Revision and time of detection of those of these changes that are in the published set, by change id. */
  changeRecords(
    changes: readonly ChangeName[],
  ): Promise<ReadonlyMap<string, { readonly revision: number; readonly detectedAt: number }>>;
  close(): Promise<void>;
}

/**
 * Keeps what was published of one log, apart from what can be rebuilt. It has one writer: a second one is refused when it
 * opens it, and one elsewhere found out by the cursor.
 * Every adapter passes the contract suite (`@stance/feed/contract-suite`).
 */
export interface FeedStore extends FeedReader {
  /**
   * Says of which log the changes are: the first one said is kept for ever.
   *
   * @param log a name that no other log has; `null` for one that is empty, and has none yet.
   * @returns whether the feed belongs to a log by now.
   * @throws FeedError `feed-of-another-log` where it belongs to another one.
   */
  bind(log: string | null): Promise<boolean>;
  cursor(generation: string): Promise<FeedCursor>;
  /** The published set of each history, in the order asked for. */
  published(histories: readonly HistoryName[]): Promise<(readonly PublishedChange[])[]>;
  /** The histories that have published changes, by holder and proposition; at most `limit` after the one given. */
  publishedHistories(page: { readonly after: HistoryName | null; readonly limit: number }): Promise<HistoryName[]>;
  /**
   * Appends the entries, brings the published set up to them and moves the cursor, all or nothing and durable.
   *
   * @returns the new head.
   * @throws FeedError `feed-conflict` where the cursor is not at `after`: somebody else publishes, too.
   */
  publish(publication: Publication): Promise<number>;
}
