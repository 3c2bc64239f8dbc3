import type { TopicAnswer, TopicDetail } from '@stance/contracts';
import type { Snapshot } from '@stance/read-model';

import type { Topic, TopicTree } from '../topic-tree.ts';

const named = ({ id, name }: Topic) => ({ id, name });

export const readTopic = async (
  snapshot: Snapshot,
  topic: Topic,
  tree: TopicTree,
  knownAt: number,
): Promise<TopicAnswer> => ({
  ...named(topic),
  aliases: [...topic.aliases],
  ...(topic.parent === null ? {} : { parent: topic.parent }),
  ...(topic.described ? {} : { undescribed: true as const }),
  path: tree.above(topic.id).map(named),
  propositions: {
    direct: await snapshot.propositionCount([topic.id], knownAt),
    total: await snapshot.propositionCount(tree.withBelow(topic.id), knownAt),
  },
});

export const readTopicDetail = async (
  snapshot: Snapshot,
  topic: Topic,
  tree: TopicTree,
  knownAt: number,
): Promise<Omit<TopicDetail, 'knownAt'>> => ({
  ...(await readTopic(snapshot, topic, tree, knownAt)),
  children: tree.childrenOf(topic.id).map(named),
});
