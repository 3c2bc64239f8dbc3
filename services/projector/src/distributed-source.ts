import type { BrokerLocation } from '@stance/config';
import { createOrderedLog } from '@stance/distribution';
import type { JoinGroup } from '@stance/distribution';
import { openKafkaDistribution } from '@stance/distribution/kafka';
import { openEventLog } from '@stance/stores';

import type { Source, SourceOptions } from './source.ts';

/** All projectors of one topic, of which one is at work. */
const group = 'stance-projector';

/** Takes events from the broker, as a member of the group: whoever is given the partitions projects. */
export const openDistributedSource = async (
  { eventStore, onNews, onFault }: SourceOptions,
  broker: BrokerLocation,
): Promise<Source> => {
  await using opened = new AsyncDisposableStack();
  const store = opened.adopt(await openEventLog(eventStore), (each) => each.close());
  const distribution = await openKafkaDistribution({ url: broker.url, clientId: group });
  let turn = new AbortController();

  const join: JoinGroup = (listener) =>
    distribution.group(group)({
      ...listener,
      onActive: (assignment) => {
        // What another member may have written in between is not in the memory of this one.
        turn.abort();
        turn = new AbortController();
        listener.onActive(assignment);
      },
      onStandby: () => {
        turn.abort();
        listener.onStandby();
      },
      onFault: (fault) => {
        onFault(fault === null ? null : { name: 'DistributionError', retryable: true, ...fault });
        listener.onFault(fault);
      },
    });
  const log = opened.adopt(await createOrderedLog({ join, store }), (each) => each.close());
  log.onHead(onNews);
  const closing = opened.move();

  return {
    readAll: (options) => log.readAll(options),
    readStream: (stream, options) => store.readStream(stream, options),
    head: () => log.head(),
    close: () => closing.disposeAsync(),
    origin: store,
    // What has been passed it learns when it is asked for more.
    lag: (position, head) => (position >= head ? 0 : log.status().lag),
    whenActive: async (stopping) => {
      if (stopping.aborted) return null;
      try {
        await log.whenActive(stopping);
      } catch (error) {
        if (stopping.aborted) return null;
        throw error;
      }
      return turn.signal;
    },
  };
};
