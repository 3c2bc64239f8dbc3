import type { TopicRow } from '@stance/read-model';

/** The topics of one position, as they stand under each other. */
export interface TopicTree {
  get(id: string): TopicRow | undefined;
  childrenOf(id: string): readonly TopicRow[];
  /** The topics above it, from the root down. */
  above(id: string): readonly TopicRow[];
  /** Its id, and those of all topics below it. One that nobody defined stands alone. */
  withBelow(id: string): readonly string[];
}

export const topicTree = (topics: readonly TopicRow[]): TopicTree => {
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const byParent = Map.groupBy(topics, ({ parent }) => parent);

  return {
    get: (id) => byId.get(id),
    childrenOf: (id) => byParent.get(id) ?? [],
    above(id) {
      const path = new Set<TopicRow>();
      const parentOf = (topic: TopicRow | undefined) => byId.get(topic?.parent ?? '');
      // A set: a log that nobody checked could hold a circle.
      for (let at = parentOf(byId.get(id)); at !== undefined && !path.has(at); at = parentOf(at)) path.add(at);
      return [...path].reverse();
    },
    withBelow(id) {
      const found = new Set([id]);
      for (const topic of found) for (const child of byParent.get(topic) ?? []) found.add(child.id);
      return [...found];
    },
  };
};
