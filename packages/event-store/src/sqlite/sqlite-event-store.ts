import { checkRequests } from '../check-arguments.ts';
import { EventStoreError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { createHeadListeners } from '../head-listeners.ts';
import { createAppendQueue } from './append-queue.ts';
import { createLogReader } from './log-reader.ts';
import { startWriter } from './start-writer.ts';

export interface SqliteEventStoreOptions {
  /** The file; it and its folder are made where they are not there. Beside it stand `-wal`, `-shm` and `-lock`. */
  readonly path: string;
  /** Whole milliseconds since the epoch; the machine's clock where left out. */
  readonly clock?: () => number;
}

/**
 * Opens an event store in a file: a writer in a thread of its own, and a connection to read with in this one.
 *
 * @throws EventStoreError `event-store-in-use` where another writes to the file, `event-store-foreign-file`,
 *   `event-store-corrupt`, `event-store-read-only`, `event-store-full` or `event-store-unavailable`.
 */
export async function openSqliteEventStore({ path, clock = Date.now }: SqliteEventStoreOptions): Promise<EventStore> {
  const first = await startWriter(path);
  const listeners = createHeadListeners();
  let { head } = first.state;
  let closing: Promise<void> | undefined;
  const queue = createAppendQueue({ first, restart: () => startWriter(path, first.file), clock, onHead: moveHead });
  const log = await openLog();

  async function openLog() {
    try {
      return createLogReader(path);
    } catch (error) {
      await first.close();
      throw error;
    }
  }

  function moveHead(next: number): void {
    if (next <= head) return;
    head = next;
    listeners.tell(head);
  }

  function checkOpen(): void {
    if (closing !== undefined) throw new EventStoreError('event-store-closed', `${path}: the event store is closed`);
  }

  async function close(): Promise<void> {
    // The writer's connection is the last one, so that it leaves no write-ahead log behind.
    await queue.close(() => log.close());
    listeners.clear();
  }

  return {
    async append(requests) {
      checkOpen();
      checkRequests(requests);
      return requests.length === 0 ? [] : queue.append(requests);
    },
    async readStream(stream, options) {
      checkOpen();
      return log.readStream(stream, options);
    },
    async readAll(options) {
      checkOpen();
      return log.readAll(options);
    },
    async head() {
      checkOpen();
      return log.head();
    },
    async headAt(instant) {
      checkOpen();
      return (await queue.hasPassed(instant)) ? log.head() : null;
    },
    onHead(listener) {
      checkOpen();
      return listeners.add(listener);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
