/** The changes of one history as the read model has them now. */
export interface HistoryChanges {
  readonly holder: string;
  readonly proposition: string;
  /** The position of the event that touched the history last. */
  readonly lastPosition: number;
  /** Who answers for the holder by now; the holder itself unless merged away. */
  readonly survivor: string;
  /** Each change as JSON (the domain's `StanceChange`), by track and opening statement. */
  readonly changes: readonly string[];
}

/** What one look at the read model showed; all of it from one snapshot. */
export interface ChangeSetPage {
  readonly generation: string;
  readonly method: { readonly name: string; readonly version: number };
  /** How far the read model had come. */
  readonly position: number;
  /** In order of `lastPosition`. */
  readonly histories: readonly HistoryChanges[];
  /** The page holds all histories touched after `after` and up to this position. */
  readonly upTo: number;
}

/** The read model's current set of changes, for the one who publishes it. Throws `ReadModelError` as the writer does. */
export interface ChangeSetReader {
  /** The histories last touched after a position, about `limit` of them: those of one position always together. */
  touchedAfter(after: number, limit: number): Promise<ChangeSetPage>;
  /** Those of these histories that exist, as given. */
  existing<History extends { readonly holder: string; readonly proposition: string }>(
    histories: readonly History[],
  ): Promise<Set<History>>;
  close(): Promise<void>;
}
