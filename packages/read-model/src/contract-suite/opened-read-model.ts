import { onTestFinished } from 'vitest';

import type { ReadModel } from '../read-model.ts';
import type { Rows } from '../rows.ts';
import { tables } from '../tables.ts';
import type { TableName } from '../tables.ts';
import type { ReadModelWriter, Row } from '../writer.ts';

/** What a contract suite is given: an empty read model, by both its sides. */
export interface OpenedReadModel {
  readonly writer: ReadModelWriter;
  readonly model: ReadModel;
  /** Closes both and removes all traces. */
  readonly close: () => Promise<void>;
}

export type OpenReadModel = () => Promise<OpenedReadModel>;

/** Changes are numbered as they are written: the number means nothing to readers. */
type Given<Table extends TableName> = Table extends 'changes' ? Omit<Rows['changes'], 'no'> : Rows[Table];

/** Rows by name of column, as a test writes them. */
export type GivenRows = { readonly [Table in TableName]?: readonly Given<Table>[] };

const rowOf = (table: TableName, given: Readonly<Record<string, string | number | null>>): Row =>
  Object.keys(tables[table].columns).map((column) => given[column] ?? null);

/** Opens a read model for the test that is running, with the means to fill it. */
export const openForTest = async (open: OpenReadModel) => {
  const { writer, model, close } = await open();
  onTestFinished(close);
  let after = 0;
  let changes = 0;
  return {
    writer,
    model,
    /** Puts rows in, in one batch that ends at a position; histories take the place of those that are there. */
    write: async (position: number, rows: GivenRows, recordedAt = position): Promise<void> => {
      const given = Object.entries(rows).map(([table, list]): [string, Row[]] => [
        table,
        list.map((row: Readonly<Record<string, string | number | null>>) =>
          rowOf(table as TableName, table === 'changes' ? { ...row, no: (changes += 1) } : row),
        ),
      ]);
      const put = Object.fromEntries(given.filter(([table]) => table === 'histories'));
      const add = Object.fromEntries(given.filter(([table]) => table !== 'histories'));
      await writer.commit({ after, position, recordedAt, remove: {}, update: [], insert: {}, add, put });
      after = position;
    },
  };
};
