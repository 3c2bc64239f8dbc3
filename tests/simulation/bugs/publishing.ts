import type { World } from '../world.ts';
import type { Bug } from './bug.ts';

/** In which order entries become visible: those at odd positions so many looks later. */
const looksLater = 6;
const looks = new WeakMap<World, Map<number, number>>();

const looksAt = (world: World, position: number): number => {
  const known = looks.get(world) ?? new Map<number, number>();
  looks.set(world, known);
  const count = (known.get(position) ?? 0) + 1;
  known.set(position, count);
  return count;
};

export const publishingBugs: readonly Bug[] = [
  {
    what: 'lets a position of the feed be seen before a lower one',
    parts: {
      feedReader: (reader, _, world) => ({
        ...reader,
        readFeed: async (page) =>
          (await reader.readFeed(page)).filter(
            ({ position }) => position % 2 === 0 || looksAt(world, position) > looksLater,
          ),
      }),
    },
  },
  {
    what: 'forgets to publish what it removed',
    parts: {
      feed: (feed) => ({
        ...feed,
        publish: (publication) =>
          feed.publish({
            ...publication,
            entries: publication.entries.filter(({ type }) => type !== 'StanceChangeRemoved'),
          }),
      }),
    },
  },
  {
    what: 'publishes without comparing what was published since',
    parts: {
      feed: (feed, life, world) => ({
        ...feed,
        publish: (publication) =>
          life.ask('publishes, whoever did before', async () => {
            const store = world.files.feed;
            return store.publish({ ...publication, after: await store.cursor(publication.generation) });
          }),
      }),
    },
  },
  {
    what: 'publishes a read model made anew while it still catches up',
    parts: { source: (source) => ({ ...source, head: () => Promise.resolve(0) }) },
  },
];
