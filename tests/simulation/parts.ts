import type { DistributionWriter } from '@stance/distribution';
import type { EventLog, EventStore } from '@stance/event-store';
import type { FeedReader, FeedStore } from '@stance/feed';
import type { Source } from '@stance/projector';
import type { ReadModelWriter } from '@stance/read-model';
import { createRelayMemory } from '@stance/relay-state/memory';
import type { RelayMemory, RelayMemoryOptions } from '@stance/relay-state/memory';

import type { Life } from './life.ts';
import type { World } from './world.ts';

/** Takes the place of a port, as the process has it. */
export type Replace<Port> = (port: Port, life: Life, world: World) => Port;

/** What the processes are given, and a bug put in on purpose replaces. */
export interface Parts {
  /** As ingestion writes to it. */
  readonly eventStore: Replace<EventStore>;
  /** What the relays share. */
  readonly relayMemory: (options: RelayMemoryOptions) => RelayMemory;
  /** As the relay sends to it. */
  readonly writer: Replace<DistributionWriter>;
  /** As the ordered log fills holes from it. */
  readonly holes: Replace<Pick<EventLog, 'readAll' | 'readStream' | 'head'>>;
  /** Where a projector takes events from. */
  readonly source: Replace<Source>;
  readonly readModel: Replace<ReadModelWriter>;
  /** As the publisher has it. */
  readonly feed: Replace<FeedStore>;
  /** As those who follow it have it. */
  readonly feedReader: Replace<FeedReader>;
}

const same = <Port>(port: Port): Port => port;

/** Nothing is replaced. */
export const ownParts: Parts = {
  eventStore: same,
  relayMemory: createRelayMemory,
  writer: same,
  holes: same,
  source: same,
  readModel: same,
  feed: same,
  feedReader: same,
};
