import type { ListedChange } from '@stance/client';

import type { Horizon } from '../address/place.ts';
import { changesQueryOf } from './changes-query.ts';
import { service } from './service.ts';

export interface LatestChanges {
  /** The latest first. */
  readonly changes: readonly ListedChange[];
  readonly hasMore: boolean;
}

/** The most that the service gives at a time. */
const largestPage = 1000;

/** So many of the latest changes, and whether there are more. */
export const latestChanges = async (horizon: Horizon, wanted: number, signal: AbortSignal): Promise<LatestChanges> => {
  // One more tells that there are more.
  const query = { ...changesQueryOf(horizon), limit: Math.min(largestPage, wanted + 1) };
  const changes: ListedChange[] = [];
  for await (const change of service.changes.list(query, { signal })) {
    if (changes.length === wanted) return { changes, hasMore: true };
    changes.push(change);
  }
  return { changes, hasMore: false };
};
