import { describeFeedTopicsContract } from '@stance/distribution/contract-suite';
import { createMemoryFeedTopics } from '@stance/distribution/memory';

const partitions = 4;

describeFeedTopicsContract('The memory', async () => {
  const topics = createMemoryFeedTopics({ partitions });
  return {
    partitions,
    createWriter: () => topics.createWriter(),
    entries: async () => topics.entries(),
    current: async () => topics.current(),
    recreate: async () => topics.recreate(),
    close: async () => undefined,
  };
});
