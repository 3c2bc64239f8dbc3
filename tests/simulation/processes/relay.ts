import { startRelay as start } from '@stance/relay';
import type { RelayState } from '@stance/relay-state';

import type { Life } from '../life.ts';
import { eventStoreOf } from '../ports/event-store.ts';
import { away, remote } from '../remote.ts';
import type { World } from '../world.ts';

/** In milliseconds. */
export const leaseTime = 9000;

export const startRelay = (world: World, life: Life): void => {
  const { scheduler, parts, distribution } = world;
  const { random } = scheduler;
  const writer = distribution.createWriter();
  const { partitions } = distribution.topic;
  const state = world.relayMemory.open();
  const shared: RelayState = {
    ...state,
    async acquire(owner, ttl) {
      const lease = await state.acquire(owner, ttl);
      if (lease !== null) world.leased(lease.epoch);
      return lease;
    },
  };

  start({
    owner: life.name,
    source: eventStoreOf(life, world),
    writer: parts.writer(
      {
        ...writer,
        send: (events, watermark) =>
          life.ask(
            `sends ${String(events.length)} up to ${String(watermark.position)}`,
            () => writer.send(events, watermark),
            {
              failure: away.distribution,
              async partly() {
                const some = Array.from({ length: partitions }, (_, partition) => partition).filter(
                  () => random.integer(2) === 0,
                );
                const cut = distribution.createWriter({ outcome: () => ({ partitions: some }) });
                await cut.send(events, watermark).catch(() => undefined);
              },
            },
          ),
      },
      life,
      world,
    ),
    state: remote(life, 'relay state', shared, { failure: away.relayState }),
    logger: { info: () => undefined, warn: () => undefined },
    clock: { ...world.clockOf(life), rest: life.rest },
    random: () => random.integer(1000) / 1000,
    ttl: leaseTime,
    batch: world.plan.relayBatch,
  });
};
