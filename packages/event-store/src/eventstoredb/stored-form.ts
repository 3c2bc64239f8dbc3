import type { AllStreamRecordedEvent, BinaryEventData, RecordedEvent } from '@eventstore/db-client';

import { EventStoreError } from '../errors.ts';
import type { EventMetadata, NewEvent, StoredEvent } from '../event-store.ts';

/** The metadata as the server holds it. `$correlationId` and `$causationId` are names that its own projections know. */
interface StoredMetadata {
  readonly $correlationId: string;
  readonly $causationId?: string;
  readonly traceparent?: string;
  readonly recordedBy?: string;
  readonly batchId?: string;
  readonly schemaVersion: number;
  readonly recordedAt: number;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a stream that was deleted for good ends with. */
const tombstone = '$streamDeleted';

/** @throws RangeError where the server could not give the id back as it came. */
export function checkEventIds(events: readonly NewEvent[]): void {
  for (const { id } of events) {
    if (!uuid.test(id)) throw new RangeError(`${id}: the id of an event must be a UUID, in lower case`);
  }
}

/**
 * An event as the server is given it. Its data goes as bytes: what goes as JSON the client parses and prints anew, and
 * spaces and long numbers would not come back.
 */
export function toStoredForm(event: NewEvent, recordedAt: number): BinaryEventData {
  const { correlationId, causationId, traceparent, recordedBy, batchId } = event.metadata;
  const metadata: StoredMetadata = {
    $correlationId: correlationId,
    ...(causationId === undefined ? {} : { $causationId: causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(recordedBy === undefined ? {} : { recordedBy }),
    ...(batchId === undefined ? {} : { batchId }),
    schemaVersion: event.schemaVersion,
    recordedAt,
  };
  return {
    id: event.id,
    type: event.type,
    contentType: 'application/octet-stream',
    data: Buffer.from(event.data, 'utf8'),
    metadata: { ...metadata },
  };
}

export interface StoredFormOptions {
  /** What the names of all streams of this event store start with, on the server only. */
  readonly streamPrefix: string;
  /** Of the server, for messages. */
  readonly place: string;
}

/**
 * An event of the server as the port gives it; `null` for what is not one of this event store: of a system stream, of a
 * stream without its prefix, or the mark of a deletion.
 *
 * @throws EventStoreError `event-store-foreign-file` where another program has written into its streams.
 */
export function fromStoredForm(
  event: AllStreamRecordedEvent | RecordedEvent,
  { streamPrefix, place }: StoredFormOptions,
): StoredEvent | null {
  const { streamId, id, type, metadata, data } = event;
  if (streamId.startsWith('$') || !streamId.startsWith(streamPrefix) || type === undefined) return null;
  if (!isStoredMetadata(metadata) || !(data instanceof Uint8Array)) {
    if (type === tombstone) return null;
    throw new EventStoreError(
      'event-store-foreign-file',
      `${place}: the stream ${streamId} holds an event (${type}, ${id}) that another program has written: give this event ` +
        'store a database, or a prefix of streams, of its own',
    );
  }
  return {
    position: positionOf(event, place),
    stream: streamId.slice(streamPrefix.length),
    revision: Number(event.revision),
    id,
    type,
    schemaVersion: metadata.schemaVersion,
    recordedAt: metadata.recordedAt,
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8'),
    metadata: toMetadata(metadata),
  };
}

/**
 * The commit position, a byte offset in the server's log: it tells events apart, since no two of those that are appended
 * over gRPC share one. The prepare position adds nothing to it.
 *
 * @throws EventStoreError `event-store-too-old` where the server gives none with a read of a stream.
 */
export function positionOf(event: Pick<RecordedEvent, 'position'>, place: string): number {
  const position = Number(event.position?.commit ?? -1n);
  if (Number.isSafeInteger(position) && position >= 0) return position;
  throw new EventStoreError(
    'event-store-too-old',
    `${place}: the server gives no positions with the events of a stream`,
  );
}

function isStoredMetadata(metadata: unknown): metadata is StoredMetadata {
  if (typeof metadata !== 'object' || metadata === null) return false;
  const { $correlationId, schemaVersion, recordedAt } = metadata as Partial<StoredMetadata>;
  return typeof $correlationId === 'string' && Number.isSafeInteger(schemaVersion) && Number.isSafeInteger(recordedAt);
}

function toMetadata({ $correlationId, $causationId, traceparent, recordedBy, batchId }: StoredMetadata): EventMetadata {
  return {
    correlationId: $correlationId,
    ...($causationId === undefined ? {} : { causationId: $causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(recordedBy === undefined ? {} : { recordedBy }),
    ...(batchId === undefined ? {} : { batchId }),
  };
}
