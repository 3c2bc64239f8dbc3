import { onTestFinished } from 'vitest';

import type { EventStore } from '../event-store.ts';

/** What a contract suite is given: a fresh, empty store and the means to end it. */
export interface OpenedEventStore {
  readonly store: EventStore;
  /** Closes the store and opens what it kept anew; left out where nothing outlives the handle. */
  readonly reopen?: () => Promise<EventStore>;
  /** A position in a log that others use too, before all that this store will append; 0 where left out. */
  readonly origin?: number;
  /** Closes whatever is open and removes all traces. */
  readonly close: () => Promise<void>;
}

/** Opens a fresh, empty store that stamps its events by the clock given (milliseconds since the epoch). */
export type OpenEventStore = (options: { readonly clock?: () => number }) => Promise<OpenedEventStore>;

/** Opens a store for the test that is running and closes it after that. */
export async function openForTest(open: OpenEventStore, options: { readonly clock?: () => number } = {}) {
  const opened = await open(options);
  onTestFinished(() => opened.close());
  return opened;
}
