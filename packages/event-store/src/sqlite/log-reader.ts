import type Database from 'better-sqlite3';

import { checkReadAll, checkReadStream } from '../check-arguments.ts';
import { EventStoreError } from '../errors.ts';
import type { EventLog, EventMetadata, StoredEvent } from '../event-store.ts';
import { openForReading } from './event-file.ts';
import { checkInPlace, identityOf } from './opened-file.ts';
import { toEventStoreError } from './sqlite-failure.ts';

/** How many events a page with prefixes looks at, at most, for each one wanted: a page takes bounded time. */
const lookedAtPerEvent = 20;

// A parameter that stands alone in a comparison would make SQLite (built with STAT4) plan such a query anew at every call:
// `+?` is the same value, and keeps the plan.
const columns = 'position, stream, revision, id, type, schema_version, recorded_at, metadata, data';

type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  schemaVersion: number,
  recordedAt: number,
  metadata: string,
  data: string,
];

/**
 * Opens the reading side of an event store in a file, with a connection of its own in the calling thread: for a projection
 * or a check, beside the writer, in its process or another.
 *
 * @throws EventStoreError `event-store-unavailable` where there is none, `event-store-foreign-file`, `event-store-corrupt`.
 */
export function openSqliteEventLogReader({ path }: { readonly path: string }): Promise<EventLog> {
  return new Promise((resolve) => {
    resolve(createLogReader(path));
  });
}

/** @throws EventStoreError as {@link openSqliteEventLogReader} rejects with. */
export function createLogReader(path: string): EventLog {
  const database = attempt(() => openForReading(path));
  const opened = identityOf(path);
  const selectHead = database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM events').pluck();
  const selectStream = database
    .prepare<[string, number, number], Row>(
      `SELECT ${columns} FROM events WHERE stream = +? AND revision >= +? ORDER BY revision LIMIT +?`,
    )
    .raw();
  const selectPage = database
    .prepare<[number, number], Row>(`SELECT ${columns} FROM events WHERE position > +? ORDER BY position LIMIT +?`)
    .raw();
  const selectFiltered = new Map<number, Database.Statement<(string | number)[], Row>>();
  const toEvents = createRowDecoder();

  function attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      throw toEventStoreError(cause, path);
    }
  }

  function checkUsable(): void {
    if (!database.open) throw new EventStoreError('event-store-closed', `${path}: the event store is closed`);
    attempt(() => checkInPlace(path, opened));
  }

  function filteredBy(prefixes: number) {
    let statement = selectFiltered.get(prefixes);
    if (statement === undefined) {
      const condition = Array.from({ length: prefixes }, () => 'substr(stream, 1, ?) = ?').join(' OR ');
      statement = database
        .prepare<(string | number)[], Row>(
          `SELECT ${columns} FROM events WHERE position > ? AND position <= ? AND (${condition}) ORDER BY position LIMIT ?`,
        )
        .raw();
      selectFiltered.set(prefixes, statement);
    }
    return statement;
  }

  return {
    async readStream(stream, { from = 0, limit } = {}) {
      checkUsable();
      checkReadStream(from, limit);
      return attempt(() => toEvents(selectStream.all(stream, from, limit ?? -1)));
    },
    async readAll(options) {
      checkUsable();
      checkReadAll(options);
      const { after, limit, streamPrefixes } = options;
      return attempt(() => {
        if (streamPrefixes === undefined) {
          const events = toEvents(selectPage.all(after, limit));
          return { events, position: events.at(-1)?.position ?? after };
        }
        const until = Math.min(selectHead.get() ?? 0, after + Math.max(10_000, limit * lookedAtPerEvent));
        if (streamPrefixes.length === 0) return { events: [], position: Math.max(after, until) };
        // SQLite counts characters as code points.
        const wanted = streamPrefixes.flatMap((prefix) => [Array.from(prefix).length, prefix]);
        const events = toEvents(filteredBy(streamPrefixes.length).all(after, until, ...wanted, limit));
        const last = events.length === limit ? events.at(-1)?.position : undefined;
        return { events, position: last ?? Math.max(after, until) };
      });
    },
    async head() {
      checkUsable();
      return attempt(() => selectHead.get() ?? 0);
    },
    async close() {
      database.close();
    },
  };
}

function createRowDecoder(): (rows: readonly Row[]) => StoredEvent[] {
  let metadataText = '';
  let metadata: EventMetadata = { correlationId: '' };

  return (rows) =>
    rows.map(([position, stream, revision, id, type, schemaVersion, recordedAt, text, data]) => {
      // The events of an import carry the same metadata, one after the other.
      if (text !== metadataText) {
        metadata = Object.freeze(JSON.parse(text) as EventMetadata);
        metadataText = text;
      }
      return { position, stream, revision, id, type, schemaVersion, recordedAt, metadata, data };
    });
}
