import { delay } from './call/retry.ts';
import type { Transport } from './call/transport.ts';
import type { CallOptions } from './call/write.ts';
import { ClientError } from './client-error.ts';
import { read } from './pages.ts';
import type { Service } from './resource/service.ts';

/** How far reading has come: to be awaited rather than slept for. */
export interface Progress {
  /**
   * Resolves when reads have what was recorded up to this position, the one that a write answered with. It waits as long
   * as that takes: a signal ends it.
   */
  whenPassed(position: number, options?: CallOptions): Promise<void>;
  /** Resolves when reads have all that was recorded before this was called. */
  whenCaughtUp(options?: CallOptions): Promise<void>;
}

/** How often the service is asked where it cannot be told to wait, in milliseconds. */
const look = 50;

export const createProgress = (transport: Transport, service: Service): Progress => ({
  whenPassed: async (minPosition, options) => {
    for (;;) {
      try {
        // The smallest answer there is: the service waits before it looks.
        await read(transport, '/v1/actors', { limit: 1, minPosition }, options);
        return;
      } catch (error) {
        if (!(error instanceof ClientError) || error.code !== 'not-caught-up') throw error;
      }
    }
  },
  whenCaughtUp: async (options) => {
    for (;;) {
      const { items } = await service.projections(options);
      if (items.every(({ state, lag }) => state === 'live' && lag.events === 0)) return;
      await delay(look, transport.until(options?.signal));
    }
  },
});
