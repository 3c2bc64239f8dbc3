export { describeFeedStoreContract } from './feed-store.ts';
export type { OpenedFeedStore } from './feed-store.ts';
