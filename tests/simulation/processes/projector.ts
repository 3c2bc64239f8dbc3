import { createGroupedSource, projectInTurns } from '@stance/projector';
import type { ProjectorStores } from '@stance/projector';

import type { Life } from '../life.ts';
import { eventStoreOf } from '../ports/event-store.ts';
import { away, remote } from '../remote.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import { createWakeUp } from './wake-up.ts';

const conflicts: ReadonlySet<unknown> = new Set(['checkpoint-conflict', 'feed-conflict']);

/** Whether this may end a projector, which is started again then: another one has been at work, or something was away. */
const mayEnd = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && conflicts.has(error.code)) || ('retryable' in error && error.retryable === true));

const storesOf = (world: World, life: Life): ProjectorStores => {
  const { files, parts } = world;
  const failing = { failure: away.readModel };
  const close = (): Promise<void> => Promise.resolve();
  return {
    openWriter: async () => {
      const writer = parts.readModel(remote(life, 'read model', files.writer, failing), life, world);
      return { ...writer, close };
    },
    openChanges: async () => ({ ...remote(life, 'changes', files.changes, failing), close }),
    openFeed: () => world.feedSessions.openFor(life),
  };
};

export const startProjector = (world: World, life: Life): void => {
  const { parts, group, plan } = world;
  const wakeUp = createWakeUp(life);
  const clock = world.clockOf(life);

  const run = async (): Promise<void> => {
    const grouped = await createGroupedSource({
      join: group.joinAs(life),
      store: parts.holes(eventStoreOf(life, world), life, world),
      limits: { events: plan.bufferedEvents, dataLength: 100_000 },
      clock: clock.monotonic,
      onNews: wakeUp.ring,
      onFault: () => undefined,
    });
    const source = parts.source(grouped, life, world);
    const stopping = new AbortController();
    await projectInTurns(
      { source, stores: storesOf(world, life), standsBy: true, isShared: true },
      {
        wakeUp,
        stopping: stopping.signal,
        clock: { monotonic: clock.monotonic, rest: life.rest, yield: () => life.rest(0) },
        send: (message) => {
          if (message.kind === 'progress') world.progress.set(life, message.progress);
        },
      },
    );
  };

  run().catch((error: unknown) => {
    if (!mayEnd(error)) {
      world.fail(
        new Violation('a projector ends only where another one is at work, or something away', String(error), error),
      );
    }
    life.kill();
  });
};
