export { machineClock } from './clock.ts';
export type { RelayClock } from './clock.ts';
export { startRelay } from './relay.ts';
export type { RelayOptions } from './relay.ts';
export { startFeedRelay } from './feed/feed-relay.ts';
export type { FeedRelayOptions } from './feed/feed-relay.ts';
export type { Relay, RelayLogger } from './leased.ts';
export type { RelayFault } from './persistence.ts';
export type { RelayActivity, RelayStatus } from './status.ts';
