export type { Rest } from './backoff.ts';
export { openEventStoreDb, type EventStoreDb, type EventStoreDbOptions } from './event-store-db.ts';
export type { Followed, FollowedLog, FollowOptions, FollowStatus } from './follow.ts';
