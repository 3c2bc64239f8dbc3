import type { FeedCheckpoint, RelayCheckpoint } from './relay-state.ts';

/** Where the relaying of a log begins. */
export const beginningOfLog: RelayCheckpoint = { position: 0, lastEvent: 0, count: 0, recordedAt: 0 };

/** Where the relaying of feeds begins: in none. */
export const beforeAnyFeed: FeedCheckpoint = { feed: '', generation: 0, position: 0, recordedAt: 0, swept: false };
