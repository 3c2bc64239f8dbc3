export * from './errors.ts';
export type * from './feed-entry.ts';
export type * from './feed-store.ts';
export { differenceOf } from './difference.ts';
export type { CurrentChanges } from './difference.ts';
export { createPublisher } from './publisher.ts';
export type { Published, Publisher, PublisherOptions } from './publisher.ts';
export { toldEntry } from './told-entry.ts';
