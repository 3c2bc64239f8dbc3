import { streamStatements } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import type { Following } from '../following/following.ts';
import type { StatementEntry } from '../following/recorded-statements.ts';
import { statementInterest } from '../following/statement-interest.ts';
import type { QueryService } from '../service.ts';
import { checkFollowed } from './followed-subject.ts';

/** `GET /v1/statements/stream`: what happens to statements, in the order recorded, without end. */
export const registerStatementsStream = (
  app: HttpApp,
  service: QueryService,
  following: Following<StatementEntry>,
): void => {
  registerEndpoint(app, streamStatements, async ({ query, headers, raw, signal }) => {
    const { holder = null, proposition = null } = query;
    await checkFollowed(service, query, signal);
    await following.follow(raw, headers['last-event-id'] ?? query.after, statementInterest({ holder, proposition }));
    return undefined;
  });
};
