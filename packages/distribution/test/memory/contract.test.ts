import { describeDistributionContract } from '@stance/distribution/contract-suite';
import { createMemoryDistribution } from '@stance/distribution/memory';

const partitions = 4;

describeDistributionContract('The distribution in memory', async () => {
  const { topic, createWriter, group: groupOf } = createMemoryDistribution({ partitions, mode: 'automatic' });
  return {
    partitions,
    createWriter,
    group(name) {
      const group = groupOf(name);
      return {
        join: group.join,
        async joinCuttable(listener) {
          const number = group.members().length;
          return {
            member: await group.join(listener),
            cut: async () => {
              const other = group.members().find(({ role }) => role === 'standby');
              if (other !== undefined) group.activate(other.member, { untold: true });
            },
            mend: async () => group.tell(number),
          };
        },
        async setOffsets(offset) {
          for (let partition = 0; partition < partitions; partition += 1) group.setOffset(partition, offset);
        },
      };
    },
    truncate: async (partition, before) => topic.truncate(partition, before),
    spoil: async (partition) => topic.append(partition, [{ kind: 'unreadable', reason: 'it is none of ours' }]),
    close: async () => undefined,
  };
});
