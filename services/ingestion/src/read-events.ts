import { ContractError, decodeEvent, ProblemError } from '@stance/contracts';
import type { StanceEvent } from '@stance/contracts';

import type { Store, StreamRange } from './store.ts';

/**
 * What a stream says.
 *
 * @throws ProblemError `stream-unreadable` where a newer version of this program wrote to it, or a failure of the store
 */
export const readEvents = async (store: Store, stream: string, range?: StreamRange): Promise<StanceEvent[]> => {
  const stored = await store.readStream(stream, range);
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
