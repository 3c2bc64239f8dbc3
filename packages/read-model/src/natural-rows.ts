import { historyKey, tables } from './tables.ts';
import type { Table, TableName } from './tables.ts';

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
  // When it was last looked at, not what it says: of what points at it, that goes by where batches end.
  if (column === 'last_position') return [];
  // Where it failed differs between two programs that fail alike.
  if (column === 'detail') return [];
  if (column === 'no') {
    return table === 'search_words'
      ? [`CASE t.kind WHEN 'a' THEN ${actorOf(name)} ELSE ${propositionOf(name)} END`]
      : [];
  }
  return [name];
};

const historyIds = [holder('t.history'), proposition('t.history')];

/** The query of all rows of a table by their natural keys. Its columns have names that only say where they stand. */
export const selectRows = (name: TableName): string => {
  const table: Table = tables[name];
  const columns = Object.keys(table.columns).flatMap((column) => natural(name, column));
  const keys = table.primaryKey.flatMap((column) => natural(name, column));
  // Numbers follow the log, and stand for what another column says.
  const order =
    { actors: ['t.id'], propositions: ['t.id'], changes: ['t.opened', 't.track'], histories: historyIds }[
      name as string
    ] ?? keys;
  const selected = columns.map((column, index) => `${column} AS c${String(index)}`);
  return `SELECT ${selected.join(', ')} FROM ${name} t ORDER BY ${order.map((key) => `${key} NULLS FIRST`).join(', ')}`;
};

/** The query of the changes, for a comparison with the feed. */
export const selectChanges = `SELECT ${holder('t.history')} AS holder, ${proposition('t.history')} AS proposition, t.body
  FROM changes t`;
