import type { ColumnType, TableName, tables } from './tables.ts';

type Value<Column> = Column extends 'integer'
  ? number
  : Column extends 'integer?'
    ? number | null
    : Column extends 'text'
      ? string
      : Column extends 'text?'
        ? string | null
        : never;

/** What a row of each table holds, made from the description of the tables. */
export type Rows = {
  [Name in TableName]: {
    -readonly [Column in keyof (typeof tables)[Name]['columns']]: Value<
      Extract<(typeof tables)[Name]['columns'][Column], ColumnType | `${ColumnType}?`>
    >;
  };
};
