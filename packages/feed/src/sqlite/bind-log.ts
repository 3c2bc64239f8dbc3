import type { Database } from 'better-sqlite3';

import { ofAnotherLog } from '../owner.ts';

/** Keeps the feed to the log that it was first published from. */
export const createBindLog = (db: Database, path: string): ((log: string | null) => boolean) => {
  const select = db.prepare<[], string>('SELECT log FROM owner').pluck();
  const insert = db.prepare<[string]>('INSERT INTO owner (log) VALUES (?)');
  return (log) => {
    const owner = select.get();
    if (owner === undefined) {
      if (log !== null) insert.run(log);
      return log !== null;
    }
    if (owner === log) return true;
    throw ofAnotherLog(path, owner, log);
  };
};
