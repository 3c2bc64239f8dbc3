import { parentPort, workerData } from 'node:worker_threads';

import type Database from 'better-sqlite3';

import type { EventStoreError } from '../errors.ts';
import type { Batch } from './batch.ts';
import { openForWriting, prepareFolder } from './event-file.ts';
import { checkInPlace, identityOf } from './opened-file.ts';
import { resolveLinks } from './resolve-links.ts';
import { toEventStoreError } from './sqlite-failure.ts';
import { lockForWriting, type WriterLock } from './writer-lock.ts';
import type { FromWriter, LogState, ToWriter, WriterOptions } from './writer-messages.ts';
import { createWriter, type Writer } from './writer.ts';

/** How long nothing must come in before the write-ahead log is brought into the main file. */
const idleMs = 250;

const { path, file } = workerData as WriterOptions;

function send(message: FromWriter, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function sendFailure({ code, message, retryable, cause }: EventStoreError): void {
  send({ kind: 'failed', code, message, retryable, cause: cause instanceof Error ? cause.message : undefined });
}

function stateOf({ head, recordedAt }: Writer): LogState {
  return { head, recordedAt };
}

function write(database: Database.Database, lock: WriterLock): void {
  const writer = createWriter(database);
  const opened = identityOf(path);
  const log = `${resolveLinks(path)}-wal`;
  const openedLog = identityOf(log);
  let idle: NodeJS.Timeout | undefined;

  function end(): void {
    clearTimeout(idle);
    parentPort?.close();
    try {
      database.close();
    } finally {
      lock.release();
    }
  }

  function append(batch: Batch): void {
    if (!database.open) return;
    try {
      const results = writer.append(batch);
      // After the commit and before the answer: what is answered stands where the next start looks for it.
      checkInPlace(path, opened);
      checkInPlace(log, openedLog);
      send({ kind: 'appended', results, state: stateOf(writer) }, [results.buffer as ArrayBuffer]);
    } catch (cause) {
      const error = toEventStoreError(cause, path);
      sendFailure(error);
      // Where the log alone was removed, what it held goes to the main file while it is still open.
      if (error.code === 'event-store-removed') checkpoint(true);
      // What a failed read or write leaves behind in a connection is not to be relied on: the next one starts afresh.
      if (error.code !== 'event-store-full') end();
    }
  }

  /** A checkpoint that fails has lost nothing: the write-ahead log stays, and the next one tries again. */
  function checkpoint(now: boolean): void {
    try {
      writer.checkpoint(now);
    } catch {
      // for instance a full disk: appends say so, or go on where the log has room
    }
  }

  parentPort?.on('message', (message: ToWriter) => {
    clearTimeout(idle);
    if (message.kind === 'close') {
      end();
      return;
    }
    append(message.batch);
    if (!database.open) return;
    checkpoint(false);
    idle = setTimeout(() => checkpoint(true), idleMs);
  });
  send({ kind: 'ready', state: stateOf(writer), file: opened });
}

function start(): void {
  let lock: WriterLock | undefined;
  let database: Database.Database | undefined;
  try {
    // Nothing new is made in the place of what was removed.
    if (file !== undefined) checkInPlace(path, file);
    prepareFolder(path);
    lock = lockForWriting(path);
    database = openForWriting(path);
    write(database, lock);
  } catch (cause) {
    sendFailure(toEventStoreError(cause, path));
    database?.close();
    lock?.release();
    parentPort?.close();
  }
}

start();
