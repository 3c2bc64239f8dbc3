import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import Sqlite from 'better-sqlite3';
import type { Database, Statement } from 'better-sqlite3';

import { createWebhookStore } from '../create-webhook-store.ts';
import type { Statements } from '../create-webhook-store.ts';
import { WebhookError } from '../errors.ts';
import { createTables } from '../tables.ts';
import type { WebhookStore } from '../webhook-store.ts';
import { guarded } from './sqlite-errors.ts';

/** Stands in the header of the file and says whose it is: "STWH" in ASCII. */
const applicationId = 0x53_54_57_48;
const version = 1;

const isEmptyFile = (db: Database): boolean =>
  db.pragma('application_id', { simple: true }) === 0 &&
  db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;

const prepareFile = (db: Database, path: string): void => {
  db.pragma('busy_timeout = 5000');
  if (isEmptyFile(db)) {
    db.pragma('journal_mode = WAL');
    db.transaction(() => {
      if (!isEmptyFile(db)) return;
      db.exec(createTables({ integer: 'INTEGER', text: 'TEXT' }));
      db.pragma(`application_id = ${String(applicationId)}`);
      db.pragma(`user_version = ${String(version)}`);
    }).immediate();
  }
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new WebhookError(
      'webhooks-foreign-file',
      `${path} is a SQLite file, but no store of webhooks of this service`,
    );
  }
  const written = db.pragma('user_version', { simple: true });
  if (written !== version) {
    const message = `${path} has tables of version ${String(written)}, this program knows version ${String(version)}`;
    throw new WebhookError('webhooks-foreign-file', message);
  }
  // It is small, and would else be found damaged only once somebody is to be told something.
  const checked = db.pragma('quick_check(1)', { simple: true });
  if (checked !== 'ok') {
    throw new WebhookError('webhooks-corrupt', `${path} is damaged: restore it from a backup`);
  }
};

const openFile = (path: string): Database =>
  guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const db = new Sqlite(path);
    try {
      prepareFile(db, path);
      // SQLite opens a file that it may not write to for reading, and says so at the first write only.
      accessSync(path, constants.W_OK);
      db.pragma('busy_timeout = 0');
      db.pragma('synchronous = NORMAL');
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });

/** How long another's write is waited for, and how often it is tried again, in milliseconds. */
const longestBusy = 5000;
const busyInterval = 2;

const isBusy = (error: unknown): boolean => error instanceof WebhookError && error.code === 'webhooks-busy';

/** Waits for others who write, without holding the thread: who writes may be of this thread. */
const whenFree = async <Result>(work: () => Result): Promise<Result> => {
  for (let waited = 0; ; waited += busyInterval) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || waited >= longestBusy) throw error;
      await delay(busyInterval);
    }
  }
};

/** Parameters by their numbers: `$1` is named "1". */
const bound = (values: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(values.map((value, index) => [String(index + 1), value]));

/**
 * Opens the store of webhooks in a SQLite file, and makes it where there is none. Several processes may have it open.
 *
 * @throws WebhookError `webhooks-foreign-file`, `webhooks-corrupt`, `webhooks-read-only`, or `webhooks-busy` or
 *   `webhooks-unavailable` (retryable).
 */
export const openSqliteWebhookStore = ({ path }: { readonly path: string }): WebhookStore => {
  const db = openFile(path);
  const prepared = new Map<string, Statement>();
  const prepare = (text: string): Statement => {
    let statement = prepared.get(text);
    if (statement === undefined) {
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  /** One call, or one transaction, after the other: they are of one connection. */
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = before.then(work, work);
    before = mine;
    return mine;
  };
  const runNow = (text: string, values: readonly unknown[] = []): number =>
    guarded(path, () => prepare(text).run(bound(values)).changes);
  const direct: Statements = {
    rows: async <Row>(text: string, values: readonly unknown[] = []) =>
      guarded(path, () => prepare(text).all(bound(values)) as Row[]),
    run: async (text, values) => runNow(text, values),
  };

  const transaction = async <Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> => {
    await whenFree(() => guarded(path, () => db.exec('BEGIN IMMEDIATE')));
    try {
      const result = await work(direct);
      guarded(path, () => db.exec('COMMIT'));
      return result;
    } catch (error) {
      if (db.open && db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };
  /** Has what is done meanwhile be on the disk before it returns. */
  const durably = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    guarded(path, () => db.pragma('synchronous = FULL'));
    try {
      return await work();
    } finally {
      if (db.open) db.pragma('synchronous = NORMAL');
    }
  };

  return createWebhookStore({
    now: `CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
    rows: (text, values) => inTurn(() => direct.rows(text, values)),
    run: (text, values) => inTurn(() => whenFree(() => runNow(text, values))),
    inTransaction: (work) => inTurn(() => durably(() => transaction(work))),
    inQuickTransaction: (work) => inTurn(() => transaction(work)),
    close: () =>
      inTurn(async () => {
        db.close();
      }),
  });
};
