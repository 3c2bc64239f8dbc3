import type { DistributionWriter } from '@stance/distribution';
import type { EventLog } from '@stance/event-store';
import { startRelay } from '@stance/relay';
import type { RelayState } from '@stance/relay-state';

const quiet = { info: () => undefined, warn: (fields: object) => console.error(fields) };

/** Relays a log that no longer grows, to its end; says how many events it has. */
export const relayAll = async ({
  source: log,
  writer,
  state,
}: {
  readonly source: Pick<EventLog, 'readAll' | 'head'>;
  readonly writer: DistributionWriter;
  readonly state: RelayState;
}): Promise<number> => {
  const head = await log.head();
  const done = Promise.withResolvers<number>();
  const relay = startRelay({
    source: { readAll: (options) => log.readAll(options), head: () => log.head(), onHead: () => () => undefined },
    writer,
    state: {
      ...state,
      store: async (move) => {
        await state.store(move);
        if (move.next.position >= head) done.resolve(move.next.count);
      },
    },
    logger: quiet,
  });
  const count = await done.promise;
  await relay.stop();
  return count;
};
