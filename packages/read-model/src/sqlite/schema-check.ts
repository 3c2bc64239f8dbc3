import type { Database } from 'better-sqlite3';

import { ReadModelError } from '../errors.ts';
import { schemaVersion } from '../tables.ts';
import { applicationId } from './schema.ts';

/** Whether the file holds nothing yet. */
export const isEmptyFile = (db: Database): boolean =>
  db.pragma('application_id', { simple: true }) === 0 &&
  db.prepare('SELECT count(*) AS count FROM sqlite_schema').pluck().get() === 0;

/** @throws ReadModelError `read-model-foreign-file` or `read-model-outdated`. */
export const checkSchema = (db: Database, path: string): void => {
  if (db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new ReadModelError('read-model-foreign-file', `${path} is a SQLite file, but no read model of this service`);
  }
  const version = db.pragma('user_version', { simple: true });
  if (version !== schemaVersion) {
    throw new ReadModelError(
      'read-model-outdated',
      `${path} has tables of version ${String(version)}, this program writes version ${String(schemaVersion)}: rebuild the read model`,
    );
  }
};
