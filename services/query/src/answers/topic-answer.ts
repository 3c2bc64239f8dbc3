import type { TopicAnswer, TopicDetail } from '@stance/contracts';
import type { Snapshot, TopicRow } from '@stance/read-model';

import type { TopicTree } from '../topic-tree.ts';

/** The further names of a topic, as its row's `body` holds them. */
export const aliasesOf = ({ body }: TopicRow): readonly string[] =>
  (JSON.parse(body) as { readonly aliases: readonly string[] }).aliases;

const named = ({ id, name }: TopicRow) => ({ id, name });

export const readTopic = async (
  snapshot: Snapshot,
  topic: TopicRow,
  tree: TopicTree,
  knownAt: number,
): Promise<TopicAnswer> => ({
  ...named(topic),
  aliases: [...aliasesOf(topic)],
  ...(topic.parent === null ? {} : { parent: topic.parent }),
  path: tree.above(topic.id).map(named),
  propositions: {
    direct: await snapshot.propositionCount([topic.id], knownAt),
    total: await snapshot.propositionCount(tree.withBelow(topic.id), knownAt),
  },
});

export const readTopicDetail = async (
  snapshot: Snapshot,
  topic: TopicRow,
  tree: TopicTree,
  knownAt: number,
): Promise<Omit<TopicDetail, 'knownAt'>> => ({
  ...(await readTopic(snapshot, topic, tree, knownAt)),
  children: tree.childrenOf(topic.id).map(named),
});
