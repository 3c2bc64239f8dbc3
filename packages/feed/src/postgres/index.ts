export type { PostgresFeedOptions } from './options.ts';
export { openPostgresFeedReader, openPostgresFeedStore } from './feed-store.ts';
