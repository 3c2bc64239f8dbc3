import { FeedError } from '@stance/feed';
import type { FeedEntry, FeedStore } from '@stance/feed';

import type { Life } from '../life.ts';
import { away, remote } from '../remote.ts';
import type { Choice } from '../scheduler.ts';
import type { World } from '../world.ts';

/** Who may publish to the feed: one session at a time, as with the lock that a session of a database holds. */
export interface FeedSessions {
  /** Opens the feed for a process that would publish. @throws FeedError `feed-in-use` */
  openFor(life: Life): Promise<FeedStore>;
  /** A page of the feed, and the epoch that its positions belong to. */
  readAs(life: Life, after: number, limit: number): Promise<FeedPage>;
  /** Ends the session on the side of the server, which its owner does not hear of. */
  cut(): Choice | null;
}

export interface FeedPage {
  readonly epoch: string;
  readonly entries: readonly FeedEntry[];
}

/** In milliseconds: how long the server may take for alive who is gone. */
const longestSession = 10_000;

const inUse = (retryable: boolean): FeedError =>
  new FeedError('feed-in-use', 'another service publishes to the feed', { retryable });

export const createFeedSessions = (world: World): FeedSessions => {
  const { scheduler, files } = world;
  let owner: symbol | null = null;

  const release = (session: symbol): void => {
    if (owner === session) owner = null;
  };

  return {
    async openFor(life) {
      const session = Symbol(life.name);
      /** Who had the lock before may have lost it, and gets it again where nobody else did. */
      const hold = (isNew: boolean): void => {
        if (!life.isDead()) owner ??= session;
        if (owner !== session) throw inUse(!isNew);
      };
      const publishing = <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) => {
        return (...given: Given): Promise<Result> => {
          hold(false);
          return call(...given);
        };
      };
      await life.ask('opens the feed', () => {
        hold(true);
        life.onEnd(() => {
          const due = scheduler.time() + scheduler.random.integer(longestSession);
          const what = `the feed misses ${life.name}`;
          scheduler.add({ kind: 'effect', what, of: null, due, go: () => release(session) });
        });
      });
      const { feed } = files;
      const held = {
        ...feed,
        bind: publishing(feed.bind),
        cursor: publishing(feed.cursor),
        published: publishing(feed.published),
        publishedHistories: publishing(feed.publishedHistories),
        publish: publishing(feed.publish),
      };
      const opened = world.parts.feed(remote(life, 'feed', held, { failure: away.feed }), life, world);
      return { ...opened, close: () => life.ask('closes the feed', () => release(session)) };
    },
    readAs(life, after, limit) {
      const reader = world.parts.feedReader(files.feed, life, world);
      const read = async (): Promise<FeedPage> => ({
        epoch: await reader.epoch(),
        entries: await reader.readFeed({ after, limit }),
      });
      return life.ask('reads the feed', read, { failure: away.feed });
    },
    cut: () =>
      owner === null
        ? null
        : {
            what: 'the session that publishes is cut',
            go: () => {
              owner = null;
            },
          },
  };
};
