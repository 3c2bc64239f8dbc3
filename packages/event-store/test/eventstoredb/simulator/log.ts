/** An event as the server keeps it. */
export interface LogEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Where its record begins in the log, in bytes. */
  readonly position: number;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

export type ProposedEvent = Pick<LogEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type AppendDecision =
  | { readonly kind: 'committed'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-version'; readonly current: number }
  | { readonly kind: 'deleted' };

/** What the server remembers: one log, and its streams. */
export interface SimulatedLog {
  readonly events: readonly LogEvent[];
  /** `expected` is a revision, or -1 for "no such stream". */
  append(stream: string, expected: number, proposed: readonly ProposedEvent[]): AppendDecision;
  /** An event that the server itself writes, as it does now and then for its statistics. */
  appendOfServer(): void;
  /** Deletes a stream for good. */
  tombstone(stream: string): void;
  stream(name: string): readonly LogEvent[];
  isDeleted(stream: string): boolean;
  /** Calls with every change until what it returns is called. */
  onChange(listener: () => void): () => void;
}

/** Bytes of a record beyond its contents. */
const recordHeader = 90;

export function createSimulatedLog(): SimulatedLog {
  const events: LogEvent[] = [];
  const streams = new Map<string, LogEvent[]>();
  const deleted = new Set<string>();
  const listeners = new Set<() => void>();
  let end = 0;

  function write(stream: string, { id, type, contentType, data, metadata }: ProposedEvent): LogEvent {
    const held = streams.get(stream) ?? [];
    const event = {
      stream,
      revision: held.length,
      id,
      type,
      contentType,
      data,
      metadata,
      position: end,
      created: Date.now(),
    };
    // Positions are offsets in bytes: "Positions is specified as pre-positions (pointer at the beginning of the record)",
    // EventStore.Core/Services/Storage/ReaderIndex/AllReader.cs. Each event of a request has one of its own, since each is a
    // committed prepare record (the same file, ReadAllEventsForwardInternal).
    end += recordHeader + stream.length + data.length + metadata.length;
    held.push(event);
    streams.set(stream, held);
    events.push(event);
    return event;
  }

  function ofServer(stream: string, type: string): void {
    const nothing = new Uint8Array();
    write(stream, { id: crypto.randomUUID(), type, contentType: 'application/json', data: nothing, metadata: nothing });
    for (const listener of listeners) listener();
  }

  // A log begins with records of the server: no event of a user stands at 0.
  ofServer('$settings', '$settings-written');

  return {
    events,
    // EventStore.Core/Services/Storage/ReaderIndex/IndexWriter.cs, CheckCommit.
    append(stream, expected, proposed) {
      if (deleted.has(stream)) return { kind: 'deleted' };
      const held = streams.get(stream) ?? [];
      const current = held.length - 1;
      if (expected > current) return { kind: 'wrong-version', current };
      if (expected < current) {
        // A known event id at the place it would have is the same event, whatever its payload. Where all are, the request
        // has been carried out before ("Idempotent"); where only some are ("CorruptedIdempotency"), the server answers
        // with the wrong version too (StorageWriterService.cs, ActOnCommitCheckFailure).
        const known = proposed.every(({ id }, index) => held[expected + 1 + index]?.id === id);
        const last = held[expected + proposed.length];
        return known && last !== undefined
          ? { kind: 'committed', revision: last.revision, position: last.position }
          : { kind: 'wrong-version', current };
      }
      const last = proposed.map((event) => write(stream, event)).at(-1);
      for (const listener of listeners) listener();
      // The answer has the position of the last event (RequestManagerBase.cs, CommitIndexed and AlreadyCommitted).
      return { kind: 'committed', revision: last?.revision ?? current, position: last?.position ?? end };
    },
    appendOfServer() {
      ofServer('$stats-127.0.0.1:2113', '$statsCollected');
    },
    tombstone(stream) {
      deleted.add(stream);
      // The mark of the deletion stands in the stream itself, and in $all (docs: streams, "Hard delete").
      ofServer(stream, '$streamDeleted');
    },
    stream: (name) => streams.get(name) ?? [],
    isDeleted: (stream) => deleted.has(stream),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
