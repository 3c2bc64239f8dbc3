import { createOrderedLog } from '@stance/distribution';
import type { JoinGroup, OrderedLogOptions } from '@stance/distribution';
import type { EventLog } from '@stance/event-store';

import type { Source, SourceOptions } from './source.ts';

export interface GroupedSourceOptions
  extends Pick<SourceOptions, 'onNews' | 'onFault'>, Omit<OrderedLogOptions, 'join' | 'store' | 'onFault'> {
  /** All projectors of one topic, of which one is at work. */
  readonly join: JoinGroup;
  /** Where the log comes from. It is not closed with the source. */
  readonly store: Pick<EventLog, 'readAll' | 'readStream' | 'head'>;
}

/** Takes events as a member of a group: whoever is given the partitions projects. @throws whatever `join` does. */
export const createGroupedSource = async (options: GroupedSourceOptions): Promise<Source> => {
  const { store, onNews, onFault } = options;
  let turn = new AbortController();

  const join: JoinGroup = (listener) =>
    options.join({
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
    });
  const log = await createOrderedLog({
    ...options,
    join,
    onFault: (fault) => onFault(fault === null ? null : { name: 'DistributionError', retryable: true, ...fault }),
  });
  log.onHead(onNews);

  return {
    origin: store,
    readAll: (asked) => log.readAll(asked),
    readStream: (stream, asked) => store.readStream(stream, asked),
    head: () => log.head(),
    close: () => log.close(),
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
