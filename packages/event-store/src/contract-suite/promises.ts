import type { AppendRequest, AppendResult, EventStore } from '../event-store.ts';

/** What adapters differ in. All else they promise alike. */
export interface Promises {
  /**
   * `counted`: positions are 1, 2, 3 and so on, without gaps. `growing`: they grow along the log, with gaps of any size, and
   * only those that the log has given can be asked about.
   */
  readonly positions: 'counted' | 'growing';
  /**
   * `of requests`: the log has requests in the order in which they were handed in. `of streams`: only those of one stream.
   */
  readonly order: 'of requests' | 'of streams';
}

/** Appends requests so that they stand in the log in their order: in one call where that is enough. */
export async function appendInOrder(
  store: EventStore,
  requests: readonly AppendRequest[],
  { order }: Promises,
): Promise<AppendResult[]> {
  if (order === 'of requests') return store.append(requests);
  const results: AppendResult[] = [];
  for (const request of requests) results.push(...(await store.append([request])));
  return results;
}
