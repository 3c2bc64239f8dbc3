import { DistributionError } from '@stance/distribution';
import { EventStoreError } from '@stance/event-store';
import { FeedError } from '@stance/feed';
import { ReadModelError } from '@stance/read-model';
import { RelayStateError } from '@stance/relay-state';

import type { Failing, Life } from './life.ts';

const retryable = { retryable: true };

/** How each of those that processes talk to says that it was away. */
export const away = {
  eventStore: () => new EventStoreError('event-store-unavailable', 'the event store is away', retryable),
  distribution: () => new DistributionError('distribution-unavailable', 'the distribution is away', retryable),
  relayState: () => new RelayStateError('relay-state-unavailable', 'the state of the relay is away', retryable),
  readModel: () => new ReadModelError('read-model-unavailable', 'the read model is away', retryable),
  feed: () => new FeedError('feed-unavailable', 'the feed is away', retryable),
};

type Call = (...given: unknown[]) => Promise<unknown>;

/** A port as a process has it: each call is one that it asks of the outside. All calls of the port are promised. */
export const remote = <Port extends object>(life: Life, name: string, port: Port, failing?: Failing): Port =>
  Object.fromEntries(
    Object.entries(port).map(([call, run]) => [
      call,
      (...given: unknown[]) => life.ask(`${name}.${call}`, () => (run as Call)(...given), failing),
    ]),
  ) as Port;
