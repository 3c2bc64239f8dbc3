import Sqlite from 'better-sqlite3';

import type { TableRowsReader } from '../table-rows.ts';
import { historyKey, tables } from '../tables.ts';
import type { Table, TableName } from '../tables.ts';
import { checkSchema } from './schema-check.ts';
import { answered, guarded } from './sqlite-errors.ts';
import { readCheckpoint } from './writer.ts';

const perHolder = String(historyKey(1, 0));
const holder = (column: string): string => `(SELECT a.id FROM actors a WHERE a.no = ${column} / ${perHolder})`;
const proposition = (column: string): string =>
  `(SELECT p.id FROM propositions p WHERE p.no = ${column} % ${perHolder})`;
const actorOf = (column: string): string => `(SELECT a.id FROM actors a WHERE a.no = ${column})`;
const propositionOf = (column: string): string => `(SELECT p.id FROM propositions p WHERE p.no = ${column})`;

const actorColumns: ReadonlySet<string> = new Set(['actor', 'into_actor', 'group_no', 'on_behalf_of']);

/** What stands in place of a number: the ids, or nothing where another column says the same. */
const natural = (table: TableName, column: string): string[] => {
  const name = `t.${column}`;
  if (column === 'history' || column === 'target') return [holder(name), proposition(name)];
  if (actorColumns.has(column)) return [actorOf(name)];
  if (column === 'related') return [propositionOf(name)];
  if (column === 'proposition') return table === 'histories' ? [] : [propositionOf(name)];
  if (column === 'no') {
    return table === 'search_words'
      ? [`CASE t.kind WHEN 'a' THEN ${actorOf(name)} ELSE ${propositionOf(name)} END`]
      : [];
  }
  return [name];
};

const historyIds = [holder('t.history'), proposition('t.history')];

const selectRows = (name: TableName): string => {
  const table: Table = tables[name];
  const columns = Object.keys(table.columns).flatMap((column) => natural(name, column));
  const keys = table.primaryKey.flatMap((column) => natural(name, column));
  // Numbers follow the log, and stand for what another column says.
  const order =
    { actors: ['t.id'], propositions: ['t.id'], changes: ['t.opened', 't.track'], histories: historyIds }[
      name as string
    ] ?? keys;
  return `SELECT ${columns.join(', ')} FROM ${name} t ORDER BY ${order.join(', ')}`;
};

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
        *rows(table) {
          for (const row of db.prepare(selectRows(table)).raw().iterate()) yield JSON.stringify(row);
        },
        changes: () =>
          db
            .prepare<[], { holder: string; proposition: string; body: string }>(
              `SELECT ${holder('t.history')} AS holder, ${proposition('t.history')} AS proposition, t.body FROM changes t`,
            )
            .iterate(),
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
