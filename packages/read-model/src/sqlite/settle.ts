import Sqlite from 'better-sqlite3';

import { ReadModelError } from '../errors.ts';
import { applicationId } from './schema.ts';
import { guarded } from './sqlite-errors.ts';
import { isEmptyFile } from './schema-check.ts';

/**
 * Brings everything written to a read model's file into the file itself, so that it can be replaced. A damaged one is
 * left as it is.
 *
 * @throws ReadModelError `read-model-foreign-file`, or `read-model-busy` where somebody is reading or writing right now.
 */
export const settleReadModelFile = (path: string): void => {
  try {
    guarded(path, () => {
      const db = new Sqlite(path);
      try {
        db.pragma('busy_timeout = 5000');
        if (!isEmptyFile(db) && db.pragma('application_id', { simple: true }) !== applicationId) {
          throw new ReadModelError(
            'read-model-foreign-file',
            `${path} is a SQLite file, but no read model of this service`,
          );
        }
        const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
        if (result?.busy !== 0) {
          throw new ReadModelError('read-model-busy', `${path} is being read or written`, { retryable: true });
        }
      } finally {
        db.close();
      }
    });
  } catch (error) {
    if (error instanceof ReadModelError && error.code === 'read-model-corrupt') return;
    throw error;
  }
};
