import Sqlite from 'better-sqlite3';

const perHolder = 2 ** 27;

/**
 * What a read model says of statements, histories and changes, without positions, times and numbers, which depend on the
 * order of arrival.
 */
export const naturalState = (path: string) => {
  const db = new Sqlite(path, { readonly: true });
  const holder = `(SELECT id FROM actors WHERE no = history / ${String(perHolder)})`;
  const proposition = `(SELECT id FROM propositions WHERE no = history % ${String(perHolder)})`;
  const state = {
    statements: db
      .prepare(
        `SELECT id, revision, ${holder}, ${proposition}, known_to IS NULL, body FROM statements ORDER BY id, revision`,
      )
      .raw()
      .all(),
    // That a survivor of merges has a row for what only others spoke of depends on what came first.
    histories: db
      .prepare(
        `SELECT ${holder}, ${proposition}, failure, tail FROM histories h
         WHERE EXISTS (SELECT 1 FROM statements s WHERE s.history = h.history) ORDER BY 1, 2`,
      )
      .raw()
      .all(),
    changes: db.prepare(`SELECT ${holder}, ${proposition}, body FROM changes ORDER BY 1, 2, body`).raw().all(),
  };
  db.close();
  return state;
};
