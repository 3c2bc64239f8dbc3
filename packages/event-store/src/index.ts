export * from './errors.ts';
export { createEventIds } from './event-ids.ts';
export { firstEventId } from './first-event-id.ts';
export { createHeadListeners } from './head-listeners.ts';
export type { HeadListeners } from './head-listeners.ts';
export type * from './event-store.ts';
export { createPositionWaiters, NotCaughtUpError } from './position-waiters.ts';
export type { PositionWaiters, PositionWaitersOptions, WaitOptions } from './position-waiters.ts';
