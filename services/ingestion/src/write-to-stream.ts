import { ProblemError } from '@stance/contracts';
import type { NewEvent } from '@stance/event-store';

import type { Store } from './store.ts';
import type { Written } from './written.ts';

/** Either there is nothing to write, or an event to be appended right after a revision. */
export type Decision = { readonly written: Written } | { readonly append: NewEvent; readonly after: number };

/** Races with other processes are rare and short: whoever loses this many in a row is told so. */
const attempts = 10;

/**
 * Decides by what a stream holds, and appends; where somebody else wrote in between, decides anew.
 *
 * @param decide reads the stream and says what to do. It may throw.
 * @throws ProblemError `concurrent-write` where that goes on and on, and whatever `decide` and the store throw
 */
export const writeToStream = (store: Store, stream: string, decide: () => Promise<Decision>): Promise<Written> =>
  store.inTurn(stream, () => decideAndAppend(store, stream, decide));

const decideAndAppend = async (store: Store, stream: string, decide: () => Promise<Decision>): Promise<Written> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const decision = await decide();
    if ('written' in decision) return decision.written;
    const [result] = await store.append([{ stream, expectedRevision: decision.after, events: [decision.append] }]);
    if (result?.outcome === 'appended') {
      return { stream, revision: result.revision, position: result.position, outcome: 'accepted' };
    }
  }
  throw new ProblemError('concurrent-write', {
    detail: `Others kept writing to ${stream}: gave up after ${attempts} attempts.`,
    headers: { 'Retry-After': '1' },
  });
};
