import { types } from 'pg';
import type { CustomTypesConfig } from 'pg';

export type ColumnType = 'integer' | 'text';

/** What a column holds. */
export type Value = string | number | null;

/** As columns of tables: text compares and sorts by its bytes, whatever the database was made with, as in SQLite. */
export const columnTypes: Readonly<Record<ColumnType, string>> = {
  integer: 'bigint',
  text: 'text COLLATE "C"',
};

/** A name as SQL has it, whatever characters it is made of. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const { builtins } = types;

/**
 * How values come back: 64-bit integers as numbers, for all that are stored are numbers that JavaScript holds exactly,
 * and so are counts; everything else as the driver does.
 */
export const parsers: CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === builtins.INT8 ? Number : types.getTypeParser(oid, format)) as never,
};

/**
 * A value as a parameter may hold it: PostgreSQL keeps no NUL in text. Only what nobody checked has one, such as the
 * message of an error, or an id that is asked for.
 */
export const storable = (value: unknown): unknown => {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\u{FFFD}') : value;
  return Array.isArray(value) ? value.map(storable) : value;
};
