/** An event about to be appended; `data` is JSON text, which the store neither reads nor changes. */
export interface NewEvent {
  /** Minted once a request and reused only in that request's own retries: a UUID, in lower case. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
  readonly metadata: EventMetadata;
}

export interface EventMetadata {
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  /** Who entered it. */
  readonly recordedBy?: string;
  /** Which import it came with. */
  readonly batchId?: string;
}

/** An event as the log holds it. */
export interface StoredEvent extends NewEvent {
  /**
   * Its place in the log; grows along the log. On SQLite from 1 and without gaps. On EventStoreDB a byte offset: a difference
   * counts nothing, and one less than a position is not one.
   */
  readonly position: number;
  readonly stream: string;
  /** Its place in the stream, from 0. */
  readonly revision: number;
  /**
   * Milliseconds since the epoch, stamped at the append. On SQLite never below that of an earlier position. On EventStoreDB,
   * where many write at once, it can be: there the effective stamp, the running maximum along the log, is for whoever
   * follows the log to take.
   */
  readonly recordedAt: number;
}

/** The revision the stream must be at: `-1` where it must not exist yet. */
export interface AppendRequest {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly NewEvent[];
}

export type AppendResult =
  | { readonly outcome: 'appended'; /** of the last event */ readonly revision: number; readonly position: number }
  | { readonly outcome: 'wrong-revision'; /** -1: no such stream */ readonly actualRevision: number };

export interface ReadAllOptions {
  /** Events after this position: one that the log has given, or 0 for all. */
  readonly after: number;
  /** At most this many events. */
  readonly limit: number;
  /** Only streams whose name starts with one of these. */
  readonly streamPrefixes?: readonly string[];
}

/**
 * A page of the log. `position` is how far was looked, which can be past the last event given where a filter left some
 * out; the next page starts after it. A page may hold fewer events than asked for, even none, while more follow: the end
 * is reached where `position` has not moved past `after`.
 */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly position: number;
}

/** The reading side of the store: all that a projection or a check needs. Only what is durable is ever seen. */
export interface EventLog {
  /**
   * The events of one stream from a revision on, in order; empty where there is no such stream.
   *
   * @param options `from`: the first revision wanted, 0 where left out; `limit`: at most this many, else all.
   * @throws EventStoreError `event-store-closed`, `event-store-corrupt`, `event-store-removed`; on EventStoreDB
   *   `event-store-unavailable` (retryable), `event-store-denied`, `event-store-foreign-file`; RangeError where a number
   *   makes no sense.
   */
  readStream(stream: string, options?: { readonly from?: number; readonly limit?: number }): Promise<StoredEvent[]>;

  /**
   * A page of the log, in order of position.
   *
   * @throws EventStoreError `event-store-closed`, `event-store-corrupt`, `event-store-removed`; on EventStoreDB
   *   `event-store-unavailable` (retryable), `event-store-denied`, `event-store-foreign-file`; RangeError where a number
   *   makes no sense.
   */
  readAll(options: ReadAllOptions): Promise<EventPage>;

  /**
   * The position of the last event that is durable, 0 where there is none.
   *
   * @throws EventStoreError `event-store-closed`, `event-store-corrupt`, `event-store-removed`.
   */
  head(): Promise<number>;

  /** Finishes what was handed in and releases everything. Later calls fail with `event-store-closed`. */
  close(): Promise<void>;
}

/**
 * The source of truth. Every adapter passes the contract suite (`@stance/event-store/contract-suite`).
 */
export interface EventStore extends EventLog {
  /**
   * Appends each request to its stream, each all or nothing and independent of the others, and resolves once all that
   * was appended is durable. Requests are handled in the order given, so that two on one stream can follow each other; on
   * EventStoreDB those of different streams go at once, and stand in the log in any order. Calls made while an earlier one
   * is being written are committed together. The results are in the order of the requests.
   *
   * A request whose stream already holds, right after the expected revision, events with these very ids is answered as
   * appended: it is that request's own retry.
   *
   * @throws EventStoreError `event-store-unavailable` (retryable; the outcome is unknown, so retry with the same ids),
   *   `event-store-full` (retryable; nothing was written), `event-store-read-only`, `event-store-corrupt`,
   *   `event-store-removed` (the outcome is unknown, and nothing more is written) or `event-store-closed`; on EventStoreDB
   *   `event-store-denied`, `event-store-too-large` or `event-store-stream-deleted`, of one request: of the others the
   *   outcome is unknown.
   * @throws RangeError before anything is written, where a request has no events, no stream or an expected revision
   *   below -1, a schema version is not an integer, or a text is not well-formed Unicode and could not be given back.
   */
  append(requests: readonly AppendRequest[]): Promise<AppendResult[]>;

  /**
   * A position after which nothing stands that is stamped at an instant or before, now and for ever; waits for appends
   * under way that may be stamped so. `null` where one that comes later still can be: the instant has not passed. Stamps are
   * the effective ones: the running maximum along the log.
   *
   * @param instant milliseconds since the epoch.
   * @throws EventStoreError `event-store-closed`, `event-store-corrupt`, `event-store-removed`.
   */
  headAt(instant: number): Promise<number | null>;

  /**
   * Calls `listener` with the new head whenever it has moved, in growing order; returns what ends that.
   *
   * @throws EventStoreError `event-store-closed`.
   */
  onHead(listener: (head: number) => void): () => void;
}
