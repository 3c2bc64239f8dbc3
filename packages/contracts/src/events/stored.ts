/** An event as a log keeps it: its payload is JSON text, in the schema version of the time it was written. */
export interface StoredEventText {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: number;
  readonly data: string;
  readonly metadata: {
    readonly correlationId: string;
    readonly causationId?: string;
    readonly traceparent?: string;
    readonly recordedBy?: string;
    readonly batchId?: string;
  };
}

/** The part of a new event that follows from its type and payload. */
export interface EncodedEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
}
