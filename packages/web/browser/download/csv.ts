import { csvField } from './band-data.ts';

/** Rows as CSV (RFC 4180), the first of them the names of the columns. */
export const asCsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
