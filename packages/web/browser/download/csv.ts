/** A field of CSV (RFC 4180). What a spreadsheet would run as a formula is marked as text. */
export const csvField = (value: string | number | null): string => {
  const given = value === null ? '' : String(value);
  const isRisky = typeof value === 'string' && /^[=+\-@\t\r]/.test(given) && !/^-\d{4}-\d{2}-\d{2}$/.test(given);
  const safe = isRisky ? `'${given}` : given;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** What columns are called, and what stands in them. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => string | number | null | undefined>>;

/** By this letter spreadsheets tell UTF-8 from what was usual before it. */
const asUtf8 = '\uFEFF';

/** Rows as CSV (RFC 4180), beneath the names of the columns. */
export const asCsv = <Row>(columns: Columns<Row>, rows: readonly Row[]): string => {
  const fields = rows.map((row) => Object.values(columns).map((of) => of(row) ?? null));
  return `${asUtf8}${[Object.keys(columns), ...fields].map((line) => `${line.map(csvField).join(',')}\r\n`).join('')}`;
};

/** One JSON value a line. */
export const asNdjson = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
