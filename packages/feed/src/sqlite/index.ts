export { openSqliteFeedReader, openSqliteFeedStore } from './feed-store.ts';
