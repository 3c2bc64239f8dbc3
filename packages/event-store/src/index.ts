export * from './errors.ts';
export { createEventIds } from './event-ids.ts';
export type * from './event-store.ts';
