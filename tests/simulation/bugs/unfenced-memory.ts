import type { RelayCheckpoint } from '@stance/relay-state';
import { createRelayMemory } from '@stance/relay-state/memory';
import type { RelayMemory, RelayMemoryOptions } from '@stance/relay-state/memory';

/** Keeps the lease as the right one does, and lets whoever had one before move the checkpoint from wherever it is. */
export const createUnfencedMemory = (options: RelayMemoryOptions): RelayMemory => {
  const memory = createRelayMemory(options);
  let checkpoint: RelayCheckpoint = memory.checkpoint();
  return {
    checkpoint: () => checkpoint,
    open: () => {
      const state = memory.open();
      return {
        ...state,
        async acquire(owner, ttl) {
          const lease = await state.acquire(owner, ttl);
          return lease === null ? null : { ...lease, checkpoint };
        },
        renew: (epoch, ttl) => state.renew(epoch, ttl).catch(() => undefined),
        async store({ next }) {
          checkpoint = { ...next };
        },
      };
    },
  };
};
