import { tables } from '@stance/read-model';
import type { TableName, TableRowsReader } from '@stance/read-model';

import { createRowsDigest } from './rows-digest.ts';
import type { RowsDigest } from './rows-digest.ts';

/** Where two tables differ first; `null` stands for no row. */
export interface RowDifference {
  readonly live: string | null;
  readonly rebuilt: string | null;
}

export interface VerifiedTable {
  readonly table: string;
  readonly live: RowsDigest;
  readonly rebuilt: RowsDigest;
  readonly firstDifference: RowDifference | null;
}

/** Checkpoints name the generation, which is another one in every rebuild. */
export type ComparedTable = Exclude<TableName, 'checkpoint'>;
const isCompared = (table: string): table is ComparedTable => table !== 'checkpoint';
export const comparedTables = Object.keys(tables).filter(isCompared);

/** Compares one table of two read models, row by row. */
export const compareTable = async (
  table: ComparedTable,
  live: TableRowsReader,
  rebuilt: TableRowsReader,
): Promise<VerifiedTable> => {
  const liveDigest = createRowsDigest();
  const rebuiltDigest = createRowsDigest();
  let firstDifference: RowDifference | null = null;
  const others = rebuilt.rows(table)[Symbol.asyncIterator]();
  const nextOther = async (): Promise<string | null> => {
    const next: IteratorResult<string, undefined> = await others.next();
    if (next.done === true) return null;
    rebuiltDigest.add(next.value);
    return next.value;
  };
  try {
    for await (const row of live.rows(table)) {
      const other = await nextOther();
      liveDigest.add(row);
      if (row !== other) firstDifference ??= { live: row, rebuilt: other };
    }
    for (let other = await nextOther(); other !== null; other = await nextOther()) {
      firstDifference ??= { live: null, rebuilt: other };
    }
  } finally {
    // Where the one side failed, a reading of the other that goes on would keep its connection from being closed.
    await others.return?.();
  }
  return { table, live: liveDigest.result(), rebuilt: rebuiltDigest.result(), firstDifference };
};

/** Compares two read models table by table, by natural keys, wherever each of them is. */
export const compareReadModels = async (live: TableRowsReader, rebuilt: TableRowsReader): Promise<VerifiedTable[]> => {
  const compared: VerifiedTable[] = [];
  for (const table of comparedTables) compared.push(await compareTable(table, live, rebuilt));
  return compared;
};
