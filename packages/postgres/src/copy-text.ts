/** Rows as COPY takes them, in pieces of a bounded number of rows: the server works on one while the next is made. */

const rowsPerPiece = 512;

const special = /[\\\n\r\t\0]/;
const specials = /[\\\n\r\t\0]/g;
// PostgreSQL keeps no NUL in text: see `storable`.
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\u{FFFD}',
};

const field = (value: string | number | null): string => {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return special.test(value) ? value.replaceAll(specials, (character) => escapes[character] ?? '') : value;
};

/** The text format of https://www.postgresql.org/docs/current/sql-copy.html */
export const copyText = function* (rows: readonly (readonly (string | number | null)[])[]): Generator<string, void> {
  for (let from = 0; from < rows.length; from += rowsPerPiece) {
    let text = '';
    for (const row of rows.slice(from, from + rowsPerPiece)) {
      let separator = '';
      for (const value of row) {
        text += separator + field(value);
        separator = '\t';
      }
      text += '\n';
    }
    yield text;
  }
};
