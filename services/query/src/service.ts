import type { MethodReference } from '@stance/contracts';
import type { Method } from '@stance/domain';
import type { ReadModel } from '@stance/read-model';

import type { MaterialsSources } from './answers/materials.ts';
import { createChangesSource } from './changes-source.ts';
import type { ChangesSource } from './changes-source.ts';
import { createFolds } from './folds.ts';
import type { Folds } from './folds.ts';
import { createKnownPosition } from './known-position.ts';
import type { QueryOptions } from './query-options.ts';
import { createReadings } from './reading.ts';
import type { Readings } from './reading.ts';
import { createRefoldedChanges } from './refolded-changes.ts';

/** What the calls of the query service share. */
export interface QueryService {
  readonly readModel: ReadModel;
  readonly readings: Readings;
  readonly folds: Folds;
  readonly changes: ChangesSource;
  readonly sources: MaterialsSources;
  readonly method: Method;
}

const defaultWaitMs = 5000;
const defaultKeptStatements = 100_000;

export const createQueryService = (options: QueryOptions): QueryService => {
  const { readModel, feed, progress, method, logger, clock = Date.now, waitMs = defaultWaitMs } = options;
  const reference: MethodReference = { name: method.name, version: method.version };
  const known = createKnownPosition({ readModel, progress, clock, waitMs });
  const folds = createFolds({
    readModel,
    method,
    logger,
    keptStatements: options.keptStatements ?? defaultKeptStatements,
  });
  return {
    readModel,
    readings: createReadings({ readModel, known, clock, method: reference }),
    folds,
    changes: createChangesSource({ readModel, refolded: createRefoldedChanges({ readModel, folds }) }),
    sources: { readModel, feed, methodName: method.name },
    method,
  };
};
