import type { ColumnUpdate, TableName, WriteBatch } from '@stance/read-model';

export type MutableRow = (string | number | null)[];

type TableLists = { [Table in TableName]?: MutableRow[] };

/** Collects the rows of one batch. Rows inserted in it may still be changed until it is handed over. */
export interface BatchRows {
  insert(table: TableName, row: MutableRow): MutableRow;
  add(table: TableName, row: MutableRow): void;
  put(table: TableName, row: MutableRow): void;
  remove(table: TableName, key: MutableRow): void;
  /** `row` holds the new values, then the primary key. */
  update(table: TableName, set: readonly string[], row: MutableRow): void;
  /** The rows inserted so far. */
  inserted(table: TableName): readonly MutableRow[];
  /** The rows so far that may be there already, and those of one kind of update. */
  added(table: TableName): readonly MutableRow[];
  updated(table: TableName, set: readonly string[]): readonly MutableRow[];
  collected(): Pick<WriteBatch, 'remove' | 'update' | 'insert' | 'add' | 'put'>;
}

export const createBatchRows = (): BatchRows => {
  const inserted: TableLists = {};
  const added: TableLists = {};
  const kept: TableLists = {};
  const removed: TableLists = {};
  const updates = new Map<string, { table: TableName; set: readonly string[]; rows: MutableRow[] }>();
  const push = (lists: TableLists, table: TableName, row: MutableRow): void => {
    const list = lists[table];
    if (list === undefined) lists[table] = [row];
    else list.push(row);
  };

  return {
    insert(table, row) {
      push(inserted, table, row);
      return row;
    },
    add: (table, row) => {
      push(added, table, row);
    },
    put: (table, row) => {
      push(kept, table, row);
    },
    remove: (table, key) => {
      push(removed, table, key);
    },
    update(table, set, row) {
      const name = `${table}:${set.join()}`;
      const update = updates.get(name);
      if (update === undefined) updates.set(name, { table, set, rows: [row] });
      else update.rows.push(row);
    },
    inserted: (table) => inserted[table] ?? [],
    added: (table) => added[table] ?? [],
    updated: (table, set) => updates.get(`${table}:${set.join()}`)?.rows ?? [],
    collected: () => ({
      remove: removed,
      update: [...updates.values()] satisfies ColumnUpdate[],
      insert: inserted,
      add: added,
      put: kept,
    }),
  };
};
