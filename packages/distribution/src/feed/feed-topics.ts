/** An entry of the feed as it goes out: what it says of one change. */
export interface OutgoingChange {
  /** Its place in the feed: from 1, without gaps. */
  readonly position: number;
  readonly type: string;
  readonly changeId: string;
  readonly holder: string;
  /** When it was published, in milliseconds since the epoch. */
  readonly recordedAt: number;
  /** Of a removed change: the one that stands in its place. */
  readonly replacedBy: string | null;
  /** Whether the change is in the set no more. */
  readonly isRemoved: boolean;
  /** The change as JSON. */
  readonly data: string;
}

/**
 * Says that of the entries of a feed up to a position those of this partition stand in it, in front of this. The set that
 * the entries make is exact once all partitions have reached one watermark.
 */
export interface FeedWatermark {
  /** The epoch of the feed store. */
  readonly feed: string;
  /** Higher for a feed than for any before it: readers forget what they hold of one before, and ignore what comes late of it. */
  readonly generation: number;
  readonly position: number;
  /** The last position of the feed when this was sent. */
  readonly head: number;
  /** When the entry at `position` was published, in milliseconds since the epoch; 0 at position 0. */
  readonly recordedAt: number;
}

/** A change that stands in the topic of the current set, and is of a feed before. */
export interface LeftOver {
  readonly partition: number;
  readonly changeId: string;
}

/**
 * The right to write to the topics, until somebody else takes it over, or the topics are made anew. After a call that failed
 * it is of no more use. All
 * calls throw `DistributionError`: `distribution-unavailable` (some of it may have gone out; take over, and send the same
 * again), `distribution-fenced` where somebody else has taken over (nothing was written), `distribution-denied`,
 * `distribution-misconfigured`, `distribution-topic-missing`, `distribution-closed`.
 */
export interface FeedTopicsSession {
  /** Whether a topic, or a partition of one, has never been written to: what was sent before is not there. */
  readonly isUnwritten: boolean;
  /**
   * Resolves once the changes, and behind them in every partition of both topics the watermark, are durable; whoever reads
   * only what was committed sees all of it or nothing. One call at a time.
   */
  send(changes: readonly OutgoingChange[], watermark: FeedWatermark): Promise<void>;
  /** What stands in the topic of the current set and is of a generation before the one given. Wants a `send` before. */
  leftOvers(generation: number): Promise<readonly LeftOver[]>;
  /** Takes these away from the current set. */
  remove(leftOvers: readonly LeftOver[], watermark: FeedWatermark): Promise<void>;
}

/**
 * Where the relay puts the feed: a topic of all its entries, those of one holder in one partition and in their order, and a
 * compacted one with the last word on each change, which is a tombstone for one that is in the set no more.
 */
export interface FeedTopicsWriter {
  /**
   * Shuts out whoever took over before: none of what he still sends is written.
   *
   * @throws DistributionError as the calls of a session.
   */
  takeOver(): Promise<FeedTopicsSession>;
  /** Releases everything: a call under way fails. */
  close(): Promise<void>;
}
