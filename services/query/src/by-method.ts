import type { Method } from '@stance/domain';
import type { ReadModel } from '@stance/read-model';
import type { Logger } from 'pino';

import type { MaterialsSources } from './answers/materials.ts';
import { createChangesSource } from './changes-source.ts';
import type { ChangesSource } from './changes-source.ts';
import { createFolds } from './folds.ts';
import type { Folds } from './folds.ts';
import { createMethodChanges } from './method-changes.ts';
import type { Methods } from './methods.ts';
import type { PublishedChanges } from './query-options.ts';
import type { Turns } from './turns.ts';
import { createRefoldedChanges } from './refolded-changes.ts';

/** What answers by one method are made from. */
export interface MethodSources {
  readonly method: Method;
  readonly folds: Folds;
  readonly changes: ChangesSource;
  readonly sources: MaterialsSources;
}

export interface ByMethodOptions {
  readonly readModel: ReadModel;
  readonly feed: PublishedChanges;
  readonly methods: Methods;
  readonly logger: Logger;
  readonly turns: Turns;
  /** Of the standard method; the others share as much again. */
  readonly keptStatements: number;
  readonly mostFolded: number;
}

/** Only what the standard method finds is published. */
const nothingPublished: PublishedChanges = { changeRecords: () => new Map() };

/** Gives the sources of a method, made when it is first asked for. */
export const createByMethod = (options: ByMethodOptions): ((method: Pick<Method, 'name'>) => MethodSources) => {
  const { readModel, feed, methods, logger, turns, keptStatements, mostFolded } = options;
  const made = new Map<string, MethodSources>();
  const others = Math.max(1, methods.all.length - 1);

  const make = (method: Method): MethodSources => {
    const isStandard = method === methods.standard;
    const share = isStandard ? keptStatements : Math.ceil(keptStatements / others);
    const folds = createFolds({ readModel, method, logger, turns, keptStatements: share });
    return {
      method,
      folds,
      changes: isStandard
        ? createChangesSource({ readModel, refolded: createRefoldedChanges({ readModel, folds }) })
        : createMethodChanges({ readModel, folds, method, most: mostFolded }),
      sources: { readModel, feed: isStandard ? feed : nothingPublished, methodName: method.name },
    };
  };

  return ({ name }) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const sources = make(methods.find(name) ?? methods.standard);
    made.set(name, sources);
    return sources;
  };
};
