import type { AppendRequest, AppendResult, EventMetadata } from '../event-store.ts';

/**
 * Requests on their way to the writer's thread. Flat, since a message is copied value by value and few large values
 * are copied faster than many small objects.
 *
 * `texts`: for each request its stream, then for each of its events id, type, data and metadata.
 * `numbers`: for each request its expected revision and the count of its events, then for each event its schema version.
 */
export interface Batch {
  readonly texts: readonly string[];
  readonly numbers: Float64Array;
  /** How many requests. */
  readonly size: number;
  /** Milliseconds since the epoch: when it was sent. */
  readonly stamp: number;
}

/** id, type, data, metadata */
export const textsPerEvent = 4;

/** For each request two numbers: the last revision and position, or the actual revision and 0 where that was wrong. */
export type BatchResults = Float64Array;

export function encodeBatch(requests: readonly AppendRequest[], stamp: number): Batch {
  const texts: string[] = [];
  const numbers: number[] = [];
  let metadata: EventMetadata | undefined;
  let metadataText = '';
  for (const request of requests) {
    texts.push(request.stream);
    numbers.push(request.expectedRevision, request.events.length);
    for (const event of request.events) {
      // An import sends the same metadata with every event.
      if (event.metadata !== metadata) {
        metadata = event.metadata;
        metadataText = JSON.stringify(metadata);
      }
      texts.push(event.id, event.type, event.data, metadataText);
      numbers.push(event.schemaVersion);
    }
  }
  return { texts, numbers: Float64Array.from(numbers), size: requests.length, stamp };
}

export function decodeResults(results: BatchResults): AppendResult[] {
  const decoded: AppendResult[] = [];
  for (let index = 0; index < results.length; index += 2) {
    const revision = results[index] ?? -1;
    const position = results[index + 1] ?? 0;
    decoded.push(
      position === 0
        ? { outcome: 'wrong-revision', actualRevision: revision }
        : { outcome: 'appended', revision, position },
    );
  }
  return decoded;
}
