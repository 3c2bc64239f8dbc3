/** An event about to be appended; `data` is JSON text, which the store neither reads nor changes. */
export interface NewEvent {
  /** Minted once a request and reused only in that request's own retries (a UUID). */
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
  /** Its place in the log; grows along the log. On SQLite from 1 and without gaps. */
  readonly position: number;
  readonly stream: string;
  /** Its place in the stream, from 0. */
  readonly revision: number;
  /** Milliseconds since the epoch, stamped at the append: never below that of an earlier position. */
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
  /** Events after this position; 0 for all. */
  readonly after: number;
  /** At most this many events. */
  readonly limit: number;
  /** Only streams whose name starts with one of these. */
  readonly streamPrefixes?: readonly string[];
}

/** A page of the log. `position` is how far was looked, which can be past the last event given where a filter left some out. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly position: number;
}

/**
 * The source of truth. Every adapter passes the contract suite (`@stance/event-store/contract-suite`).
 */
export interface EventStore {
  /**
   * Appends each request to its stream, each all or nothing and independent of the others, and resolves once all that
   * was appended is durable. Requests are handled in the order given; calls made while an earlier one is being written
   * are committed together.
   *
   * A request whose stream already holds, right after the expected revision, events with these very ids is answered as
   * appended: it is that request's own retry.
   *
   * @throws EventStoreError `event-store-unavailable` (retryable; the outcome is unknown), `event-store-full`
   *   (retryable; nothing was written), `event-store-read-only` or `event-store-closed`.
   */
  append(requests: readonly AppendRequest[]): Promise<AppendResult[]>;

  /** The events of one stream from a revision on, in order; empty where there is no such stream. */
  readStream(stream: string, options?: { readonly from?: number; readonly limit?: number }): Promise<StoredEvent[]>;

  /** A page of the log, in order of position. */
  readAll(options: ReadAllOptions): Promise<EventPage>;

  /** The position of the last event that is durable, 0 where there is none. */
  head(): Promise<number>;

  /** Calls `listener` with the new head whenever it has moved; returns what ends that. */
  onHead(listener: (head: number) => void): () => void;

  /** Finishes what was handed in and releases everything. Later calls fail with `event-store-closed`. */
  close(): Promise<void>;
}
