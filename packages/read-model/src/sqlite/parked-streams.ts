import Sqlite from 'better-sqlite3';

/**
 * The streams of which events are parked in a read model in a SQLite file, whatever version it is of; none where there is no
 * file, or nothing in it says so.
 */
export const parkedStreamsIn = ({ path }: { readonly path: string }): ReadonlySet<string> => {
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(path, { readonly: true, fileMustExist: true });
    return new Set(db.prepare<[], string>('SELECT DISTINCT stream FROM parked').pluck().all());
  } catch {
    // Of a file that is no read model nothing is known; who replaces it finds out what it is.
    return new Set();
  } finally {
    db?.close();
  }
};
