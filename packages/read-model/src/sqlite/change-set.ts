import type { MergeEdge } from '@stance/domain';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

import type { ChangeSetPage, ChangeSetReader } from '../change-set.ts';
import { changeSetPage, changeSetQueries, cutAt } from '../change-set-queries.ts';
import type { TouchedHistory } from '../change-set-queries.ts';
import { historyKey } from '../tables.ts';
import { checkSchema } from './schema-check.ts';
import { answered, guarded } from './sqlite-errors.ts';
import { readCheckpoint } from './writer.ts';

// A parameter that stands alone in a comparison would make SQLite (built with STAT4) plan such a query anew at every call:
// `+?` is the same value, and keeps the plan.
const queries = changeSetQueries(() => '+?');

const createPages = (db: Database) => {
  const touchedAfter = db.prepare<[number, number], TouchedHistory>(queries.touchedAfter);
  const touchedAt = db.prepare<[number], TouchedHistory>(queries.touchedAt);
  const merges = db.prepare<[], MergeEdge<string>>(queries.merges);
  const changes = db
    .prepare<[number], string>('SELECT body FROM changes WHERE history = +? ORDER BY track, opened')
    .pluck();

  return (after: number, limit: number): ChangeSetPage => {
    const found = touchedAfter.all(after, limit);
    const at = cutAt(found, limit);
    return changeSetPage({
      checkpoint: readCheckpoint(db),
      after,
      found,
      cut: at === null ? null : { at, all: touchedAt.all(at) },
      merges: found.length === 0 ? [] : merges.all(),
      changesOf: (history) => changes.all(history),
    });
  };
};

/**
 * Opens the current set of changes of a read model in a SQLite file, with a connection of its own.
 *
 * @throws ReadModelError `read-model-missing`, `read-model-foreign-file`, `read-model-outdated` or `read-model-corrupt`.
 */
export const openSqliteChangeSetReader = ({ path }: { readonly path: string }): ChangeSetReader =>
  guarded(path, () => {
    const db = new Sqlite(path, { readonly: true, fileMustExist: true });
    try {
      db.pragma('busy_timeout = 5000');
      checkSchema(db, path);
      const page = db.transaction(createPages(db));
      const exists = db
        .prepare(
          `SELECT 1 FROM actors a JOIN propositions p ON p.id = +?
            JOIN histories h ON h.history = a.no * ${String(historyKey(1, 0))} + p.no WHERE a.id = +?`,
        )
        .pluck();
      return {
        touchedAfter: (after, limit) => answered(path, () => page(after, limit)),
        existing: (histories) =>
          answered(path, () =>
            db.transaction(
              () =>
                new Set(histories.filter(({ holder, proposition }) => exists.get(proposition, holder) !== undefined)),
            )(),
          ),
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
