import type { ReadModelLocation } from '@stance/config';
import type { FeedReader, FeedStore } from '@stance/feed';

const onServer = () => import('@stance/feed/postgres');
const inFile = () => import('@stance/feed/sqlite');

/** @throws FeedError as the adapter says. */
export const openFeedStore = async (location: ReadModelLocation): Promise<FeedStore> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteFeedStore({ path: location.file })
    : (await onServer()).openPostgresFeedStore({ url: location.url });

/** @throws FeedError as the adapter says. */
export const openFeedReader = async (location: ReadModelLocation): Promise<FeedReader> =>
  location.kind === 'sqlite'
    ? (await inFile()).openSqliteFeedReader({ path: location.file })
    : (await onServer()).openPostgresFeedReader({ url: location.url });
