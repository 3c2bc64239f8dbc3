import type { DistributionWriter } from '@stance/distribution';
import type { EventStore } from '@stance/event-store';
import type { RelayCheckpoint } from '@stance/relay-state';

import { machineClock } from './clock.ts';
import { startLeased } from './leased.ts';
import type { LeasedOptions, Relay } from './leased.ts';
import { createNews } from './news.ts';
import { relay } from './relaying.ts';
import { createProgress } from './status.ts';

export interface RelayOptions extends LeasedOptions<RelayCheckpoint> {
  readonly source: Pick<EventStore, 'readAll' | 'head' | 'onHead'>;
  readonly writer: Pick<DistributionWriter, 'send'>;
  /** At most so many events in a send; 4,096, if left out. */
  readonly batch?: number;
}

/**
 * Starts a relay: it brings the distribution up to the log, and keeps it there, unless another relay does. What fails is
 * tried again for ever; `status()` says what and since when.
 */
export const startRelay = (options: RelayOptions): Relay => {
  const { source, writer, batch = 4096, clock = machineClock } = options;
  const news = createNews(clock);
  const progress = createProgress(clock);
  return startLeased(options, {
    what: '',
    progress,
    sentOf: (checkpoint) => checkpoint,
    work: (given) => relay({ ...given, source, writer, batch, clock, news, progress }),
    onStopping: news.ring,
  });
};
