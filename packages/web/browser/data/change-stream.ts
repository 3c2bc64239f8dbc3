import { ClientError } from '@stance/client';
import type { ChangeEvent } from '@stance/client';

import type { Connection } from './connection.ts';
import { service } from './service.ts';

export interface ChangeStream {
  /** The event after which it goes on; `undefined`: from now on. */
  readonly after: string | undefined;
  readonly onEvent: (event: ChangeEvent) => void;
  /** Told where there is none any more, or none yet. */
  readonly onFailure: (connection: Connection) => void;
}

/** How long to wait before it is tried again where there never was a connection, in milliseconds. */
const patience = 5000;

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, patience);
    signal.addEventListener('abort', end);
  });

/** Follows the changes by a connection of this tab's own, until the signal is aborted or the service refuses. */
export const followChanges = async (
  { after, onEvent, onFailure }: ChangeStream,
  signal: AbortSignal,
): Promise<void> => {
  const lose = (): void => onFailure({ state: 'lost', since: new Date() });
  let last = after;
  while (!signal.aborted) {
    try {
      const query = last === undefined ? {} : { after: last };
      for await (const event of service.changes.follow(query, { signal, silence: 20_000, onReconnect: lose })) {
        last = event.id;
        onEvent(event);
      }
    } catch (error) {
      if (!(error instanceof ClientError && error.retryable)) {
        onFailure({ state: 'refused', message: error instanceof Error ? error.message : String(error) });
        return;
      }
      lose();
    }
    await pause(signal);
  }
};
