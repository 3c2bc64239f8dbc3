import type { FeedTopicsWriter } from '@stance/distribution';
import type { FeedCheckpoint } from '@stance/relay-state';

import { machineClock } from '../clock.ts';
import { startLeased, usualTtl } from '../leased.ts';
import type { LeasedOptions, Relay } from '../leased.ts';
import { createProgress } from '../status.ts';
import { createLateFeed } from './late-feed.ts';
import type { OpenFeed } from './late-feed.ts';
import { relayFeed, sentOf } from './relaying.ts';

export interface FeedRelayOptions extends LeasedOptions<FeedCheckpoint> {
  /** The feed may not be there yet: it is opened until that goes well, and closed when the relay has stopped. */
  readonly openFeed: () => Promise<OpenFeed>;
  readonly topics: Pick<FeedTopicsWriter, 'takeOver'>;
  /** At most so many entries in a send; 1,000, if left out. */
  readonly batch?: number;
}

/**
 * Starts a relay of the feed: it brings the topics of changes up to it, and keeps them there, unless another relay does.
 * What fails is tried again for ever; `status()` says what and since when.
 */
export const startFeedRelay = (options: FeedRelayOptions): Relay => {
  const { openFeed, topics, batch = 1000, clock = machineClock, ttl: patience = usualTtl } = options;
  const progress = createProgress(clock);
  const feed = createLateFeed(openFeed);
  const { stop, ...relay } = startLeased(options, {
    what: ' of changes',
    progress,
    sentOf,
    work: (given) => relayFeed({ ...given, feed: feed.reader, topics, batch, patience, clock, progress }),
  });
  return {
    ...relay,
    async stop(given) {
      await stop(given);
      await feed.close();
    },
  };
};
