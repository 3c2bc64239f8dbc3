import { getProjections } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { registerActors } from './calls/actors.ts';
import { registerChanges } from './calls/changes.ts';
import { registerCompareMethods } from './calls/compare-methods.ts';
import { registerExplanation } from './calls/explanation.ts';
import { registerCompareHolders } from './calls/compare-holders.ts';
import { registerContested } from './calls/contested.ts';
import { registerHistory } from './calls/history.ts';
import { registerMethods } from './calls/methods.ts';
import { registerPropositions } from './calls/propositions.ts';
import { registerStances } from './calls/stances.ts';
import { registerStatements } from './calls/statements.ts';
import { registerTopics } from './calls/topics.ts';
import type { QueryOptions } from './query-options.ts';
import { registerStreams } from './register-streams.ts';
import { createQueryService } from './service.ts';

/** Adds every call of the reading side, and `GET /v1/projections`, to an app made by the HTTP kit. */
export const registerQuery = (app: HttpApp, options: QueryOptions): void => {
  const service = createQueryService(options);
  registerStances(app, service);
  registerHistory(app, service);
  registerExplanation(app, service);
  registerContested(app, service);
  registerCompareHolders(app, service);
  registerChanges(app, service);
  registerStatements(app, service);
  registerActors(app, service);
  registerPropositions(app, service);
  registerTopics(app, service);
  registerMethods(app, service);
  registerCompareMethods(app, service);
  registerStreams(app, service, options);
  registerEndpoint(app, getProjections, async () => ({
    status: 200,
    body: { items: await options.projections() },
  }));
};
