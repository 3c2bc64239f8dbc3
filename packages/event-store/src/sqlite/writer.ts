import type Database from 'better-sqlite3';

import { textsPerEvent, type Batch, type BatchResults } from './batch.ts';

/** Frames in the log that are not in the main file yet, past which they are brought there though appends may wait: 16 MiB. */
const checkpointFrames = 4096;

/** The one that writes: a connection, and where the log stands. Synchronous: it lives in a thread of its own. */
export interface Writer {
  /** The last durable position. */
  readonly head: number;
  /** The stamp of the event there: none that comes is stamped lower. */
  readonly recordedAt: number;
  /** Appends all requests of a batch in one transaction: when it returns they are durable; where it throws, none is. */
  append(batch: Batch): BatchResults;
  /** Brings the write-ahead log into the main file: where it has grown large, or in any case where `now`. */
  checkpoint(now: boolean): void;
}

export function createWriter(database: Database.Database): Writer {
  const insert = database.prepare(
    `INSERT INTO events (position, stream, revision, id, type, schema_version, recorded_at, metadata, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (stream, revision) DO NOTHING`,
  );
  const selectRevision = database
    .prepare<[string], number>('SELECT revision FROM events WHERE stream = +? ORDER BY revision DESC LIMIT 1')
    .pluck();
  const selectPlace = database.prepare<[string, number], { id: string; position: number }>(
    'SELECT id, position FROM events WHERE stream = ? AND revision = ?',
  );
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const last = database
    .prepare<[], { position: number; recordedAt: number }>(
      'SELECT position, recorded_at AS recordedAt FROM events ORDER BY position DESC LIMIT 1',
    )
    .get();
  let head = last?.position ?? 0;
  let lastRecordedAt = last?.recordedAt ?? Number.MIN_SAFE_INTEGER;

  function appendAll({ texts, numbers, size }: Batch, recordedAt: number): { results: BatchResults; position: number } {
    const results = new Float64Array(size * 2);
    let position = head;

    /** Inserts events whose texts and numbers stand from there on; says whether it has: all of them or none. */
    function insertAll(stream: string, after: number, count: number, text: number, number: number): boolean {
      for (let index = 0; index < count; index += 1) {
        const at = text + index * textsPerEvent;
        const { changes } = insert.run(
          position + 1,
          stream,
          after + 1 + index,
          texts[at],
          texts[at + 1],
          numbers[number + index],
          recordedAt,
          texts[at + 3],
          texts[at + 2],
        );
        // Only the first can meet an event that is there: a stream has no gaps.
        if (changes === 0) return false;
        position += 1;
      }
      return true;
    }

    /** The last position of the events whose texts stand from there on, where the stream holds just them after `after`. */
    function findRetry(stream: string, after: number, count: number, text: number): number | undefined {
      let place: { id: string; position: number } | undefined;
      for (let index = 0; index < count; index += 1) {
        place = selectPlace.get(stream, after + 1 + index);
        if (place === undefined || place.id !== texts[text + index * textsPerEvent]) return undefined;
      }
      return place?.position;
    }

    let text = 0;
    let number = 0;
    for (let request = 0; request < size; request += 1) {
      const stream = texts[text++] ?? '';
      const after = numbers[number++] ?? -1;
      const count = numbers[number++] ?? 0;
      const isThere = after === -1 || selectPlace.get(stream, after) !== undefined;
      const lastPosition =
        isThere && insertAll(stream, after, count, text, number) ? position : findRetry(stream, after, count, text);
      results[request * 2] = lastPosition === undefined ? (selectRevision.get(stream) ?? -1) : after + count;
      results[request * 2 + 1] = lastPosition ?? 0;
      text += count * textsPerEvent;
      number += count;
    }
    return { results, position };
  }

  return {
    get head() {
      return head;
    },
    get recordedAt() {
      return lastRecordedAt;
    },
    append(batch) {
      const recordedAt = Math.max(lastRecordedAt, batch.stamp);
      begin.run();
      try {
        const { results, position } = appendAll(batch, recordedAt);
        commit.run();
        if (position > head) lastRecordedAt = recordedAt;
        head = position;
        return results;
      } catch (error) {
        // Where SQLite has rolled back by itself (a full disk), there is no transaction any more.
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    checkpoint(now) {
      if (!now) {
        const [state] = database.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }];
        if (state.log - state.checkpointed < checkpointFrames) return;
      }
      database.pragma('wal_checkpoint(PASSIVE)');
    },
  };
}
