import type { Database, Statement } from 'better-sqlite3';

import { tables } from '../tables.ts';
import type { Table, TableName } from '../tables.ts';
import type { Row } from '../writer.ts';
import type { RowWriter } from './batch-writer.ts';
import { createHashIndex } from './hash-index.ts';

/** The rows of a heap whose key is not indexed yet, found by where they stand in the file. */
export interface HeapRows extends RowWriter {
  /** The row with this key, all columns, or `undefined`. */
  find(key: Row): Row | undefined;
}

/** A number above 0 for the numbers that a row begins with, the same for the same ones. */
const hashOfKey = (row: Row, length: number): number => {
  let hash = Number(row[0]);
  for (let index = 1; index < length; index += 1) {
    hash = (hash * 31 + Number(row[index]) * 0x9e37_79b1) % Number.MAX_SAFE_INTEGER;
  }
  return hash + 1;
};

/** Opens a heap that is still empty. */
export const createHeapRows = (db: Database, name: TableName): HeapRows => {
  const table: Table = tables[name];
  const columns = Object.keys(table.columns);
  const keyLength = table.primaryKey.length;
  const places = createHashIndex();
  let lastPlace = 0;
  const insert: Statement<unknown[]> = db.prepare(
    `INSERT INTO ${name} (rowid, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`,
  );
  const set = columns.map((column) => `${column} = ?`).join(', ');
  const update: Statement<unknown[]> = db.prepare(`UPDATE ${name} SET ${set} WHERE rowid = ?`);
  const remove = db.prepare<[number]>(`DELETE FROM ${name} WHERE rowid = ?`);
  const at = db.prepare<[number], Row>(`SELECT * FROM ${name} WHERE rowid = ?`).raw();

  /** Where a row with the key of this one stands; the key comes first in every row. */
  const placeOf = (row: Row, hash: number): number | null => {
    for (const place of places.get(hash)) {
      const found = at.get(place);
      if (found !== undefined && found.every((value, index) => index >= keyLength || value === row[index]))
        return place;
    }
    return null;
  };

  return {
    find(key) {
      const place = placeOf(key, hashOfKey(key, keyLength));
      return place === null ? undefined : at.get(place);
    },
    put(rows) {
      for (const row of rows) {
        const hash = hashOfKey(row, keyLength);
        const place = placeOf(row, hash);
        if (place !== null) update.run([...row, place]);
        else {
          lastPlace += 1;
          insert.run([lastPlace, ...row]);
          places.add(hash, lastPlace);
        }
      }
    },
    remove(keys) {
      for (const key of keys) {
        const place = placeOf(key, hashOfKey(key, keyLength));
        if (place !== null) remove.run(place);
      }
    },
  };
};
