import type { BrokerLocation, EventStoreLocation } from '@stance/config';
import type { EventLog } from '@stance/event-store';
import { countsPositions, openEventLog } from '@stance/stores';

import type { Fault } from './messages.ts';

/** Where the projector takes events from, and when it is its turn to. */
export interface Source extends Pick<EventLog, 'readAll' | 'readStream' | 'head' | 'close'> {
  /** The event store's own log, of which `readAll` may give nothing yet, by whatever way events come. */
  readonly origin: Pick<EventLog, 'readAll' | 'readStream'>;
  /**
   * Resolves once this process is the one that projects, with a signal that is aborted when it is so no more; `null` once
   * `stopping` is.
   */
  whenActive(stopping: AbortSignal): Promise<AbortSignal | null>;
  /** How many events lie after a position, where that is known. */
  lag(position: number, head: number): number | null;
}

export interface SourceOptions {
  readonly eventStore: EventStoreLocation;
  readonly broker: BrokerLocation | null;
  /** Something may have come in. */
  readonly onNews: () => void;
  /** What is wrong with the way that events come by, and is tried again; `null` once all is well. */
  readonly onFault: (fault: Fault | null) => void;
}

/** Follows the event store itself: whoever has the feed projects. */
const openDirectSource = async ({ eventStore, onNews }: SourceOptions): Promise<Source> => {
  const log = await openEventLog(eventStore);
  const counted = countsPositions(eventStore);
  const always = new AbortController().signal;
  log.onHead?.(onNews);
  return {
    origin: log,
    readAll: (options) => log.readAll(options),
    readStream: (stream, options) => log.readStream(stream, options),
    head: () => log.head(),
    close: () => log.close(),
    whenActive: (stopping) => Promise.resolve(stopping.aborted ? null : always),
    lag: (position, head) => (counted ? Math.max(0, head - position) : null),
  };
};

/** @throws EventStoreError or DistributionError: nothing is left open then. */
export const openSource = async (options: SourceOptions): Promise<Source> => {
  if (options.broker === null) return openDirectSource(options);
  // The client of a broker is large, and most projectors need none.
  const { openDistributedSource } = await import('./distributed-source.ts');
  return openDistributedSource(options, options.broker);
};
