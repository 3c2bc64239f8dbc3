import { ContractError, decodeEvent, ProblemError } from '@stance/contracts';
import type { StanceEvent } from '@stance/contracts';
import type { StoredEvent } from '@stance/event-store';

import type { Store, StreamRange } from './store.ts';

/**
 * What events of a stream say.
 *
 * @throws ProblemError `stream-unreadable` where a newer version of this program wrote to it
 */
export const decodeEvents = (stream: string, stored: readonly StoredEvent[]): StanceEvent[] => {
  try {
    return stored.map(decodeEvent);
  } catch (cause) {
    if (!(cause instanceof ContractError)) throw cause;
    throw new ProblemError('stream-unreadable', { detail: `${stream} cannot be read: ${cause.message}.`, cause });
  }
};

/** The problem with a stream that a newer version of this program wrote to; any other error is thrown on. */
export const unreadable = (error: unknown): ProblemError => {
  if (error instanceof ProblemError && error.code === 'stream-unreadable') return error;
  throw error;
};

/**
 * What a stream says.
 *
 * @throws ProblemError `stream-unreadable` where a newer version of this program wrote to it, or a failure of the store
 */
export const readEvents = async (store: Store, stream: string, range?: StreamRange): Promise<StanceEvent[]> =>
  decodeEvents(stream, await store.readStream(stream, range));
