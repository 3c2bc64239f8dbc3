import type { Bug } from './bug.ts';
import { createNaiveTopic } from './naive-topic.ts';

export const distributingBugs: readonly Bug[] = [
  {
    what: 'takes events as they come in, without regard to the links between them',
    parts: {
      source(source, _, world) {
        const topic = createNaiveTopic(world, 'first');
        return { ...source, readAll: async (options) => topic.page(options) };
      },
    },
  },
  {
    what: 'trusts watermarks alone, and does not fill what a reset of its offsets jumped over',
    parts: {
      source(source, _, world) {
        const topic = createNaiveTopic(world, 'end');
        return { ...source, readAll: async (options) => topic.page({ ...options, upTo: topic.marked() }) };
      },
    },
  },
  {
    what: 'applies twice what is delivered twice',
    parts: {
      source: (source, _, world) => ({
        ...source,
        async readAll(options) {
          const page = await source.readAll(options);
          const again = world.log.at(options.after);
          return again === undefined || page.events.length === 0 ? page : { ...page, events: [again, ...page.events] };
        },
      }),
      readModel: (writer) => ({ ...writer, statements: () => Promise.resolve(new Map()) }),
    },
  },
];
