import { checkReadAll, checkReadStream, checkRequests } from '../check-arguments.ts';
import { EventStoreError } from '../errors.ts';
import type { AppendRequest, AppendResult, EventStore, StoredEvent } from '../event-store.ts';
import { createHeadListeners } from '../head-listeners.ts';
import { createRunningClock } from '../running-clock.ts';

export interface MemoryEventStoreOptions {
  /** Whole milliseconds since the epoch; the machine's clock where left out. */
  readonly clock?: () => number;
}

/** An event store that lives as long as its handle: for tests. It keeps every promise of the port but durability. */
export function createMemoryEventStore({ clock = Date.now }: MemoryEventStoreOptions = {}): EventStore {
  const log: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  const listeners = createHeadListeners();
  let lastRecordedAt = Number.NEGATIVE_INFINITY;
  const now = createRunningClock(clock);
  let closed = false;

  function appendOne({ stream, expectedRevision, events }: AppendRequest): AppendResult {
    const held = streams.get(stream) ?? [];
    if (held.length - 1 !== expectedRevision) {
      const earlier = held.slice(expectedRevision + 1, expectedRevision + 1 + events.length);
      const last = earlier.at(-1);
      const isRetry =
        earlier.length === events.length && earlier.every((event, index) => event.id === events[index]?.id);
      return isRetry && last !== undefined
        ? { outcome: 'appended', revision: last.revision, position: last.position }
        : { outcome: 'wrong-revision', actualRevision: held.length - 1 };
    }
    for (const { id, type, schemaVersion, data, metadata } of events) {
      const event: StoredEvent = {
        position: log.length + 1,
        stream,
        revision: held.length,
        id,
        type,
        schemaVersion,
        recordedAt: lastRecordedAt,
        data,
        metadata: { ...metadata },
      };
      held.push(event);
      log.push(event);
    }
    streams.set(stream, held);
    return { outcome: 'appended', revision: held.length - 1, position: log.length };
  }

  function checkOpen(): void {
    if (closed) throw new EventStoreError('event-store-closed', 'the event store is closed');
  }

  return {
    async append(requests) {
      checkOpen();
      checkRequests(requests);
      const headBefore = log.length;
      lastRecordedAt = Math.max(lastRecordedAt, now());
      const results = requests.map(appendOne);
      if (log.length > headBefore) listeners.tell(log.length);
      return results;
    },
    async readStream(stream, { from = 0, limit } = {}) {
      checkOpen();
      checkReadStream(from, limit);
      return (streams.get(stream) ?? []).slice(from, limit === undefined ? undefined : from + limit);
    },
    async readAll(options) {
      checkOpen();
      checkReadAll(options);
      const { after, limit, streamPrefixes } = options;
      if (streamPrefixes === undefined) {
        const events = log.slice(after, after + limit);
        return { events, position: after + events.length };
      }
      const events: StoredEvent[] = [];
      let position = after;
      while (position < log.length && events.length < limit) {
        const event = log[position];
        position += 1;
        if (event !== undefined && streamPrefixes.some((prefix) => event.stream.startsWith(prefix))) events.push(event);
      }
      return { events, position };
    },
    async head() {
      checkOpen();
      return log.length;
    },
    async headAt(instant) {
      checkOpen();
      return instant < Math.max(lastRecordedAt, now()) ? log.length : null;
    },
    onHead(listener) {
      checkOpen();
      return listeners.add(listener);
    },
    async close() {
      closed = true;
      listeners.clear();
    },
  };
}
