import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import Sqlite from 'better-sqlite3';
import type { Database, Statement } from 'better-sqlite3';

import { ReadModelError } from '../errors.ts';
import { createVersionCatalogue } from '../versions/catalogue.ts';
import type { CatalogueRows, VersionCatalogue } from '../versions/catalogue.ts';
import { valuesOf, versionColumns, versionOf } from '../versions/version-row.ts';
import type { VersionRow } from '../versions/version-row.ts';
import { isEmptyFile } from './schema-check.ts';
import { guarded } from './sqlite-errors.ts';
import { catalogueFile } from './version-files.ts';

/** What marks a file as a catalogue of versions: "STVC" in ASCII. */
const applicationId = 0x53_54_56_43;

const createTable = `CREATE TABLE versions (
  version INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, revision INTEGER NOT NULL, parks INTEGER NOT NULL,
  halt_code TEXT, halt_message TEXT, hash TEXT NOT NULL, layout INTEGER NOT NULL,
  method TEXT NOT NULL, method_version INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX versions_active ON versions (state) WHERE state = 'active'`;

const columns = versionColumns.join(', ');
const marks = versionColumns.map(() => '?').join(', ');

const check = (db: Database, file: string): void => {
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new ReadModelError(
      'read-model-foreign-file',
      `${file} is a SQLite file, but no catalogue of the versions of a read model`,
    );
  }
};

const rowsOf = (db: Database): CatalogueRows => ({
  list: async () => db.prepare<[], VersionRow>('SELECT * FROM versions ORDER BY version').all().map(versionOf),
  add: async (version) =>
    Number(db.prepare(`INSERT INTO versions (${columns}) VALUES (${marks})`).run(...valuesOf(version)).lastInsertRowid),
  put: async (version) => {
    db.prepare(`UPDATE versions SET (${columns}) = (${marks}) WHERE version = ?`).run(
      ...valuesOf(version),
      version.version,
    );
  },
  remove: async (version) => {
    db.prepare('DELETE FROM versions WHERE version = ?').run(version);
  },
});

/** How long another's change is waited for, and how often it is looked, in milliseconds. */
const longestBusy = 5000;
const busyInterval = 5;

export interface SqliteVersionsOptions {
  /** Of the read model, as it is configured: the catalogue stands beside it. */
  readonly path: string;
}

/**
 * Opens the catalogue of the versions of a read model in a SQLite file, and makes it where there is none.
 *
 * @throws ReadModelError `read-model-foreign-file`, `read-model-corrupt`, `read-model-read-only` or `read-model-unavailable`.
 */
export const openSqliteVersionCatalogue = ({ path }: SqliteVersionsOptions): VersionCatalogue => {
  const file = catalogueFile(path);
  const db = guarded(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const opened = new Sqlite(file);
    try {
      opened.pragma('busy_timeout = 5000');
      // Few and small changes, each of which has to last.
      opened.pragma('synchronous = FULL');
      opened
        .transaction(() => {
          if (!isEmptyFile(opened)) return;
          opened.exec(createTable);
          opened.pragma(`application_id = ${String(applicationId)}`);
        })
        .immediate();
      check(opened, file);
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  });
  const rows = rowsOf(db);
  /** One change at a time on the one connection. */
  let before: Promise<unknown> = Promise.resolve();

  /** Waits its turn without holding the thread: who has it now may be of this thread. */
  const begin = async (): Promise<void> => {
    db.pragma('busy_timeout = 0');
    for (let waited = 0; ; waited += busyInterval) {
      try {
        guarded(file, () => db.exec('BEGIN IMMEDIATE'));
        db.pragma('busy_timeout = 5000');
        return;
      } catch (error) {
        const isBusy = error instanceof ReadModelError && error.code === 'read-model-busy';
        if (!isBusy || waited >= longestBusy) throw error;
        await delay(busyInterval);
      }
    }
  };

  const run = async <Result>(work: (all: CatalogueRows) => Promise<Result>): Promise<Result> => {
    await begin();
    try {
      const result = await work(rows);
      guarded(file, () => db.exec('COMMIT'));
      return result;
    } catch (error) {
      if (db.open && db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };

  return createVersionCatalogue({
    store: {
      list: () => {
        const mine = before.then(() => rows.list());
        before = mine.catch(() => undefined);
        return mine;
      },
      change: (work) => {
        const mine = before.then(() => run(work));
        before = mine.catch(() => undefined);
        return mine;
      },
      close: async () => {
        await before;
        db.close();
      },
    },
  });
};

export interface ActiveVersion {
  /** The number of the version that serves: 1 where there is no catalogue yet. @throws ReadModelError */
  read(): number;
  close(): void;
}

/** Opens what tells quickly which version serves. It looks at each call: another process may have switched. */
export const openSqliteActiveVersion = ({ path }: SqliteVersionsOptions): ActiveVersion => {
  const file = catalogueFile(path);
  let opened: { readonly db: Database; readonly inode: bigint; readonly active: Statement<[], number> } | null = null;

  const close = (): void => {
    opened?.db.close();
    opened = null;
  };
  const open = (inode: bigint): Statement<[], number> => {
    close();
    const db = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      db.pragma('busy_timeout = 2000');
      check(db, file);
      const active = db.prepare<[], number>(`SELECT version FROM versions WHERE state = 'active'`).pluck();
      opened = { db, inode, active };
      return active;
    } catch (error) {
      db.close();
      throw error;
    }
  };

  return {
    read: () =>
      guarded(file, () => {
        const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
        // An empty one is just being made.
        if (stat === undefined || stat.size === 0n) return 1;
        const active = opened?.inode === stat.ino ? opened.active : open(stat.ino);
        return active.get() ?? 1;
      }),
    close,
  };
};
