/** A field of CSV (RFC 4180). What a spreadsheet would run as a formula is marked as text. */
export const csvField = (value: string | number | null): string => {
  const given = value === null ? '' : String(value);
  const isRisky = typeof value === 'string' && /^[=+\-@\t\r]/.test(given) && !/^-\d{4}-\d{2}-\d{2}$/.test(given);
  const safe = isRisky ? `'${given}` : given;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV (RFC 4180), the first of them the names of the columns. */
export const asCsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;

/** One JSON value a line. */
export const asNdjson = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
