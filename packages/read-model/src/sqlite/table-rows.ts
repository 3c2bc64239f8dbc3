import Sqlite from 'better-sqlite3';

import { selectChanges, selectRows } from '../natural-rows.ts';
import type { TableRowsReader } from '../table-rows.ts';
import { checkSchema } from './schema-check.ts';
import { answered, guarded } from './sqlite-errors.ts';
import { readCheckpoint } from './writer.ts';

/**
 * Opens all rows of a read model in a SQLite file, as they are now, until it is closed.
 *
 * @throws ReadModelError `read-model-missing`, `read-model-foreign-file`, `read-model-outdated` or `read-model-corrupt`.
 */
export const openSqliteTableRows = ({ path }: { readonly path: string }): TableRowsReader =>
  guarded(path, () => {
    const db = new Sqlite(path, { readonly: true, fileMustExist: true });
    try {
      db.pragma('busy_timeout = 5000');
      db.pragma('temp_store = FILE');
      checkSchema(db, path);
      db.exec('BEGIN');
      const checkpoint = readCheckpoint(db);
      return {
        checkpoint,
        async *rows(table) {
          for (const row of db.prepare(selectRows(table)).raw().iterate()) yield JSON.stringify(row);
        },
        async *changes() {
          yield* db.prepare<[], { holder: string; proposition: string; body: string }>(selectChanges).iterate();
        },
        close: () =>
          answered(path, () => {
            db.close();
          }),
      };
    } catch (error) {
      db.close();
      throw error;
    }
  });
