import type { DistributionWriter } from '@stance/distribution';
import type { RelayState } from '@stance/relay-state';
import { createRelayMemory } from '@stance/relay-state/memory';
import { onTestFinished } from 'vitest';

import { startRelay } from '../../src/index.ts';
import type { Relay, RelayOptions } from '../../src/index.ts';
import { createOffsetLog } from './offset-log.ts';
import { createPartitions } from './partitions.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** A log, a distribution and the state of relays that are started by a test, all under one virtual clock. */
export const createWorld = ({ looksAt }: { readonly looksAt?: number } = {}) => {
  const clock = createVirtualClock();
  const log = createOffsetLog(looksAt);
  const partitions = createPartitions();
  const memory = createRelayMemory({ clock: clock.monotonic });
  const said: string[] = [];
  const say = (_: object, message: string): void => {
    said.push(message);
  };
  const writer: Pick<DistributionWriter, 'send'> = {
    send: async (events, watermark) => {
      partitions.write(events, watermark);
    },
  };

  const start = (options: Partial<RelayOptions> & { readonly owner: string }): Relay => {
    const relay = startRelay({
      source: log.source,
      writer,
      state: memory.open(),
      logger: { info: say, warn: say },
      clock,
      random: () => 0.5,
      batch: 10,
      ttl: 9000,
      ...options,
    });
    onTestFinished(async () => {
      const stopped = relay.stop({ deadline: 0 });
      await clock.pass(0);
      await stopped;
    });
    return relay;
  };

  return { clock, log, partitions, memory, said, writer, start };
};

/** A state whose calls fail as often as they are told to, before or after they take effect. */
export const failing = (state: RelayState, fails: (call: keyof RelayState) => Error | null): RelayState => {
  const guarded =
    <Given extends readonly unknown[], Result>(name: keyof RelayState, call: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      const error = fails(name);
      if (error !== null) throw error;
      return call(...given);
    };
  return {
    acquire: guarded('acquire', state.acquire),
    renew: guarded('renew', state.renew),
    store: guarded('store', state.store),
    release: guarded('release', state.release),
    close: state.close,
  };
};
