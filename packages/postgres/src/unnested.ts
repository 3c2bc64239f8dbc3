import type { ColumnType } from './types.ts';

export interface TypedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Rows as one parameter a column, so that any number of them are written by one statement. */
export interface UnnestedRows {
  /** A table of these rows, for the FROM of a statement; the columns have the names given. */
  readonly from: (alias: string) => string;
  readonly values: (rows: readonly (readonly (string | number | null)[])[]) => string[];
}

const arrayTypes: Readonly<Record<ColumnType, string>> = { integer: 'bigint[]', text: 'text[]' };

const element = (value: string | number | null): string => {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  // Most long texts are JSON without a backslash.
  const escaped = value.includes('\\') ? value.replaceAll('\\', '\\\\') : value;
  return escaped.includes('"') ? `"${escaped.replaceAll('"', '\\"')}"` : `"${escaped}"`;
};

/** A list as one parameter, to be cast to an array: cheaper than what the driver makes of a long one. */
export const arrayText = (values: readonly (string | number | null)[]): string => `{${values.map(element).join(',')}}`;

/** How rows of these columns are handed to a statement. */
export const unnested = (columns: readonly TypedColumn[]): UnnestedRows => {
  const parameters = columns.map(({ type }, index) => `$${String(index + 1)}::${arrayTypes[type]}`).join(', ');
  const names = columns.map(({ name }) => name).join(', ');
  return {
    from: (alias) => `unnest(${parameters}) AS ${alias}(${names})`,
    values: (rows) => columns.map((_, index) => arrayText(rows.map((row) => row[index] ?? null))),
  };
};
