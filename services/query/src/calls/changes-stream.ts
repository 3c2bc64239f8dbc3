import { streamChanges } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { requestedRange } from '../dates.ts';
import { changeInterest } from '../following/change-interest.ts';
import type { Following } from '../following/following.ts';
import type { ChangeEntry } from '../following/published-changes.ts';
import type { QueryService } from '../service.ts';
import { checkFollowed } from './followed-subject.ts';

/** `GET /v1/changes/stream`: changes as they are published, without end. */
export const registerChangesStream = (app: HttpApp, service: QueryService, following: Following<ChangeEntry>): void => {
  registerEndpoint(app, streamChanges, async ({ query, headers, raw, signal }) => {
    const { holder = null, proposition = null, kind = null, status = null, from, to } = query;
    const filter = { holder, proposition, kinds: kind, statuses: status, ...requestedRange(from, to) };
    await checkFollowed(service, query, signal);
    await following.follow(raw, headers['last-event-id'] ?? query.after, changeInterest(filter));
    return undefined;
  });
};
