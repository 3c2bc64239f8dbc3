import type { Connection } from '@stance/postgres';

import { ReadModelError } from '../errors.ts';
import type { Checkpoint } from '../writer.ts';

export const readCheckpoint = async (connection: Connection): Promise<Checkpoint> => {
  const { rows } = await connection.query<Checkpoint>(
    `SELECT position, recorded_at AS "recordedAt", generation, method, method_version AS "methodVersion"
     FROM checkpoint WHERE name = 'main'`,
  );
  const [checkpoint] = rows;
  if (checkpoint === undefined) {
    throw new ReadModelError('read-model-corrupt', 'the read model has no checkpoint: rebuild it');
  }
  return checkpoint;
};
