import type { ReadModelErrorCode } from '../errors.ts';
import type { TableName } from '../tables.ts';
import type { TableRows, WriteBatch } from '../writer.ts';
import type { ReadModelFiller } from './filler.ts';

type Value = string | number | null;

/** Rows of one table, one after the other: one long list is copied between threads much faster than many short ones. */
interface FlatRows {
  readonly table: TableName;
  readonly width: number;
  readonly values: readonly Value[];
}

export interface FlatBatch extends Pick<
  WriteBatch,
  'after' | 'position' | 'recordedAt' | 'lastEvent' | 'generation' | 'update'
> {
  readonly remove: readonly FlatRows[];
  readonly insert: readonly FlatRows[];
  readonly add: readonly FlatRows[];
  readonly put: readonly FlatRows[];
}

const flat = (rows: TableRows): FlatRows[] =>
  Object.entries(rows).map(([table, list]) => {
    const values: Value[] = [];
    for (const row of list) for (const value of row) values.push(value);
    // The keys of TableRows are names of tables.
    return { table: table as TableName, width: list[0]?.length ?? 1, values };
  });

const unflat = (tables: readonly FlatRows[]): TableRows => {
  const rows: { [Table in TableName]?: Value[][] } = {};
  for (const { table, width, values } of tables) {
    const list: Value[][] = [];
    for (let from = 0; from < values.length; from += width) list.push(values.slice(from, from + width));
    rows[table] = list;
  }
  return rows;
};

export const flatBatch = ({ remove, insert, add, put, ...rest }: WriteBatch): FlatBatch => ({
  ...rest,
  remove: flat(remove),
  insert: flat(insert),
  add: flat(add),
  put: flat(put),
});

export const batchOf = ({ remove, insert, add, put, ...rest }: FlatBatch): WriteBatch => ({
  ...rest,
  remove: unflat(remove),
  insert: unflat(insert),
  add: unflat(add),
  put: unflat(put),
});

/** The calls that are passed on as they are. */
export type FillerCall = Exclude<keyof ReadModelFiller, 'commit'>;

export type ToFiller =
  | { readonly kind: 'commit'; readonly batch: FlatBatch }
  | { readonly kind: 'call'; readonly name: FillerCall; readonly argument: unknown };

/** One answer to every message, in order. */
export type FromFiller =
  | { readonly kind: 'done'; readonly result: unknown }
  | {
      readonly kind: 'failed';
      readonly code: ReadModelErrorCode | null;
      readonly message: string;
      readonly retryable: boolean;
    };
