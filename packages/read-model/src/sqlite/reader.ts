import { AsyncLocalStorage } from 'node:async_hooks';
import { statSync } from 'node:fs';

import Sqlite from 'better-sqlite3';
import type { Database, Statement } from 'better-sqlite3';
import { Kysely, SqliteDialect, SqliteQueryCompiler } from 'kysely';

import { ReadModelError } from '../errors.ts';
import { openSnapshot } from '../queries/snapshot.ts';
import type { ReadModel, Snapshot } from '../read-model.ts';
import type { Rows } from '../rows.ts';
import { checkSchema } from './schema-check.ts';
import { guarded, readModelErrorOf } from './sqlite-errors.ts';

/** More forms of queries than this are only made by lists of ids of every length. */
const mostStatements = 300;

interface OpenFile {
  readonly inode: bigint;
  readonly db: Kysely<Rows>;
  reads: number;
  /** Nobody else will read it: it is closed as soon as those who do are done. */
  leaving: boolean;
  close(): void;
}

/**
 * A parameter that stands alone in a comparison would make SQLite (built with STAT4) plan a query anew at every call:
 * `+?` is the same value, and keeps the plan.
 */
class StablePlanCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

class StablePlanDialect extends SqliteDialect {
  override createQueryCompiler(): SqliteQueryCompiler {
    return new StablePlanCompiler();
  }
}

/** Preparing a statement takes longer than most of the queries do: each text is prepared once. */
const keepStatements = (db: Database) => {
  const prepared = new Map<string, Statement>();
  return {
    prepare: (sql: string): Statement => {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      const [oldest] = prepared.size < mostStatements ? [] : prepared.keys();
      if (oldest !== undefined) prepared.delete(oldest);
      const statement = db.prepare(sql);
      prepared.set(sql, statement);
      return statement;
    },
    close: (): void => {},
  };
};

const inodeOf = (path: string): bigint => {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) {
    throw new ReadModelError('read-model-missing', `there is no read model at ${path} yet`, { retryable: true });
  }
  return stat.ino;
};

const openFile = (path: string): OpenFile => {
  const inode = inodeOf(path);
  const database = guarded(path, () => {
    const opened = new Sqlite(path, { readonly: true, fileMustExist: true });
    try {
      opened.pragma('busy_timeout = 2000');
      opened.pragma('cache_size = -32768');
      checkSchema(opened, path);
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  });
  return {
    inode,
    db: new Kysely<Rows>({ dialect: new StablePlanDialect({ database: keepStatements(database) }) }),
    reads: 0,
    leaving: false,
    close: () => {
      database.close();
    },
  };
};

/**
 * Opens the read model in a SQLite file for reading, next to its writer. Where another file takes its place (a
 * rebuild), later reads see that one.
 *
 * @throws ReadModelError `read-model-missing` (retryable), `read-model-foreign-file`, `read-model-outdated`,
 *   `read-model-corrupt` or `read-model-unavailable` (retryable).
 */
export const openSqliteReadModel = ({ path }: { readonly path: string }): ReadModel => {
  let file = openFile(path);
  let closed = false;

  const leave = (old: OpenFile): void => {
    old.leaving = true;
    if (old.reads === 0) old.close();
  };

  const current = (): OpenFile => {
    if (closed) throw new ReadModelError('read-model-closed', `${path} was closed`);
    if (inodeOf(path) !== file.inode) {
      const old = file;
      file = openFile(path);
      leave(old);
    }
    return file;
  };

  const done = (used: OpenFile): void => {
    used.reads -= 1;
    if (used.leaving && used.reads === 0) used.close();
  };

  /** The file that reads which belong together have, whatever takes its place meanwhile. */
  const kept = new AsyncLocalStorage<{ readonly file: OpenFile; isOver: boolean }>();

  return {
    read: async <Result>(work: (snapshot: Snapshot) => Promise<Result>): Promise<Result> => {
      const together = kept.getStore();
      const used = together === undefined || together.isOver ? current() : together.file;
      used.reads += 1;
      try {
        return await used.db.transaction().execute(async (transaction) => work(await openSnapshot(transaction)));
      } catch (error) {
        throw readModelErrorOf(error, path);
      } finally {
        done(used);
      }
    },
    together: async (work) => {
      if (kept.getStore()?.isOver === false) return work();
      const used = current();
      used.reads += 1;
      const together = { file: used, isOver: false };
      try {
        return await kept.run(together, work);
      } finally {
        together.isOver = true;
        done(used);
      }
    },
    close: async () => {
      if (!closed) leave(file);
      closed = true;
    },
  };
};
