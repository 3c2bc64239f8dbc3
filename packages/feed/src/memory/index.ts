export { changeIdOf, createChangingFeed, holderOf } from './changing-feed.ts';
export type { ChangingFeed } from './changing-feed.ts';
