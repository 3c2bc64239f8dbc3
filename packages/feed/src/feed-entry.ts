export type FeedEntryType = 'StanceChangeDetected' | 'StanceChangeRevised' | 'StanceChangeRemoved';

/** A change as it was published. */
export interface FeedChange {
  readonly changeId: string;
  readonly holder: string;
  readonly proposition: string;
  readonly method: { readonly name: string; readonly version: number };
  /** The domain's `StanceChange` as JSON. */
  readonly body: string;
}

/** One step of the changelog. Whoever applies them in order holds the current set of changes. */
export interface NewFeedEntry extends FeedChange {
  readonly type: FeedEntryType;
  /** 0 at the detection; one more with each entry about this change. */
  readonly revision: number;
  /** When the change was first published, in milliseconds since the epoch; set once. */
  readonly detectedAt: number;
  /** The entry before this one that is about the same change; `null` at the detection. */
  readonly previous: number | null;
  /** Of a removed change: the one that stands in its place, of the same holder or of the one who answers for it by now. */
  readonly replacedBy: string | null;
}

export interface FeedEntry extends NewFeedEntry {
  /** Its place in the feed: from 1, without gaps. */
  readonly position: number;
  /** When it was published, in milliseconds since the epoch. */
  readonly recordedAt: number;
  /** What the entry before it said of the change; `null` at the detection. */
  readonly previousBody: string | null;
}

/** A change that is in the published set. */
export interface PublishedChange extends FeedChange {
  readonly revision: number;
  readonly detectedAt: number;
  /** The position of the last entry about it. */
  readonly entry: number;
}
