import { setTimeout as delay } from 'node:timers/promises';

import { EventStoreError } from '@stance/event-store';
import type { AppendRequest, AppendResult, EventStore, StoredEvent } from '@stance/event-store';

import { asProblem } from './store-failure.ts';
import { createTurns } from './turns.ts';
import type { InTurn } from './turns.ts';

/** The store as ingestion uses it: its failures come out as problems. */
export interface Store {
  /** @throws ProblemError `store-unavailable` or `shutting-down` */
  append(requests: readonly AppendRequest[]): Promise<AppendResult[]>;
  /** @throws ProblemError `store-unavailable` or `shutting-down` */
  readStream(stream: string, range?: StreamRange): Promise<StoredEvent[]>;
  /** Takes its turn with all that this process decides by what a stream holds, so that it does not race against itself. */
  readonly inTurn: InTurn;
}

export interface StreamRange {
  readonly from?: number;
  readonly limit?: number;
}

/** Resolves after so many milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;

/** In milliseconds: a short outage is ridden out, a long one is the client's to see. */
const retryAfter = [50, 250] as const;

/** The outcome of a failed append may be unknown; the same events, with the same ids, can be sent again safely. */
const appendWithRetries = async (
  store: EventStore,
  requests: readonly AppendRequest[],
  pause: Pause,
  attempt = 0,
): Promise<AppendResult[]> => {
  try {
    return await store.append(requests);
  } catch (error) {
    const after = retryAfter[attempt];
    const again = error instanceof EventStoreError && error.code === 'event-store-unavailable';
    if (!again || after === undefined) throw asProblem(error);
    await pause(after);
    return appendWithRetries(store, requests, pause, attempt + 1);
  }
};

export const createStore = (eventStore: EventStore, pause: Pause = (milliseconds) => delay(milliseconds)): Store => ({
  inTurn: createTurns(),
  append: (requests) => appendWithRetries(eventStore, requests, pause),
  async readStream(stream, range) {
    try {
      return await eventStore.readStream(stream, range);
    } catch (error) {
      throw asProblem(error);
    }
  },
});
