export * from './errors.ts';
export type * from './distribution.ts';
export * from './ordered-log.ts';
export { partitionKeyOf } from './partition-key.ts';
export type * from './feed/feed-topics.ts';
export type { FeedMessage } from './feed/feed-messages.ts';
export { watermarkType } from './feed/feed-messages.ts';
