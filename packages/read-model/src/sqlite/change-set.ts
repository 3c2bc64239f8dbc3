import { survivorsOf } from '@stance/domain';
import type { MergeEdge } from '@stance/domain';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

import type { ChangeSetPage, ChangeSetReader, HistoryChanges } from '../change-set.ts';
import { historyKey } from '../tables.ts';
import { checkSchema } from './schema-check.ts';
import { answered, guarded } from './sqlite-errors.ts';
import { readCheckpoint } from './writer.ts';

interface TouchedRow {
  history: number;
  lastPosition: number;
  holder: string;
  proposition: string;
}

// A parameter that stands alone in a comparison would make SQLite (built with STAT4) plan such a query anew at every call:
// `+?` is the same value, and keeps the plan.
const touchedColumns = `SELECT h.history, h.last_position AS lastPosition, a.id AS holder, p.id AS proposition
  FROM histories h JOIN propositions p ON p.no = h.proposition
  JOIN actors a ON a.no = (h.history - h.proposition) / ${String(historyKey(1, 0))}`;

const createPages = (db: Database) => {
  const touched = db.prepare<[number, number], TouchedRow>(
    `${touchedColumns} WHERE h.last_position > +? ORDER BY h.last_position, h.history LIMIT +?`,
  );
  const touchedAt = db.prepare<[number], TouchedRow>(`${touchedColumns} WHERE h.last_position = +? ORDER BY h.history`);
  const changes = db
    .prepare<[number], string>('SELECT body FROM changes WHERE history = +? ORDER BY track, opened')
    .pluck();

  /** All histories of the last position, where the limit may have cut them apart. */
  const whole = (rows: TouchedRow[], limit: number): TouchedRow[] => {
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return rows;
    return [
      ...rows.filter(({ lastPosition }) => lastPosition < last.lastPosition),
      ...touchedAt.all(last.lastPosition),
    ];
  };

  const merges = db.prepare<[], MergeEdge<string>>(
    `SELECT a.id AS actor, i.id AS "into" FROM merges m JOIN actors a ON a.no = m.actor
     JOIN actors i ON i.no = m.into_actor WHERE m.known_to IS NULL`,
  );

  return (after: number, limit: number): ChangeSetPage => {
    const { generation, method, methodVersion, position } = readCheckpoint(db);
    const found = touched.all(after, limit);
    const rows = whole(found, limit);
    const survivors = survivorsOf(rows.length === 0 ? [] : merges.all());
    const histories = rows.map(({ history, lastPosition, holder, proposition }): HistoryChanges => ({
      holder,
      proposition,
      lastPosition,
      survivor: survivors.of(holder),
      changes: changes.all(history),
    }));
    const upTo = found.length < limit ? Math.max(after, position) : (rows.at(-1)?.lastPosition ?? after);
    return { generation, method: { name: method, version: methodVersion }, position, histories, upTo };
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
