import type { ReadModel } from '@stance/read-model';

import { createByMethod } from './by-method.ts';
import type { MethodSources } from './by-method.ts';
import { createKnownPosition } from './known-position.ts';
import { createMethods } from './methods.ts';
import type { Methods } from './methods.ts';
import type { KnownPosition } from './known-position.ts';
import type { QueryOptions } from './query-options.ts';
import { createAnsweringReadModel } from './read-model-failure.ts';
import { createReadings } from './reading.ts';
import type { Readings } from './reading.ts';
import { createTurns } from './turns.ts';
import type { Turns } from './turns.ts';

/** What the calls of the query service share. */
export interface QueryService {
  readonly readModel: ReadModel;
  readonly readings: Readings;
  readonly known: KnownPosition;
  readonly methods: Methods;
  readonly turns: Turns;
  /** What answers by a method are made from. */
  readonly by: (method: { readonly name: string }) => MethodSources;
}

const defaultWaitMs = 5000;
/** So that two very long histories can be asked for in turns; some 1.5 kB each. */
const defaultKeptStatements = 250_000;
const defaultMostFolded = 10_000;

export const createQueryService = (options: QueryOptions): QueryService => {
  const readModel = createAnsweringReadModel(options.readModel);
  const { feed, progress, logger, clock = Date.now, waitMs = defaultWaitMs } = options;
  const { keptStatements = defaultKeptStatements, mostFolded = defaultMostFolded } = options;
  const known = createKnownPosition({ readModel, progress, waitMs });
  const methods = createMethods(options.methods);
  const turns = createTurns();
  return {
    readModel,
    readings: createReadings({ readModel, known, clock, methods }),
    known,
    methods,
    turns,
    by: createByMethod({ readModel, feed, methods, logger, turns, keptStatements, mostFolded }),
  };
};
