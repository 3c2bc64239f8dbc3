import { ProblemError } from '@stance/contracts';
import type { Snapshot, TopicRow } from '@stance/read-model';

export interface Topic {
  readonly id: string;
  /** Its id, where nobody has described it. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly parent: string | null;
  /** Whether somebody has said what it is; else propositions stand under it, and that is all. */
  readonly described: boolean;
}

/** The topics of one position, as they stand under each other. */
export interface TopicTree {
  /** Those that are described, in the order last defined, then those that are only used, by id. */
  readonly all: readonly Topic[];
  get(id: string): Topic | undefined;
  childrenOf(id: string): readonly Topic[];
  /** The topics above it, from the root down. */
  above(id: string): readonly Topic[];
  /** Its id, and those of all topics below it. */
  withBelow(id: string): readonly string[];
}

const described = ({ id, name, parent, body }: TopicRow): Topic => {
  const { aliases } = JSON.parse(body) as { readonly aliases: readonly string[] };
  return { id, name, aliases, parent, described: true };
};

const used = (id: string): Topic => ({ id, name: id, aliases: [], parent: null, described: false });

export const readTopicTree = async (snapshot: Snapshot, knownAt: number): Promise<TopicTree> => {
  const defined = (await snapshot.topics(knownAt)).map(described);
  const known = new Set(defined.map(({ id }) => id));
  const undescribed = (await snapshot.usedTopics(knownAt)).filter((id) => !known.has(id));
  return topicTree([...defined, ...undescribed.map(used)]);
};

const topicTree = (all: readonly Topic[]): TopicTree => {
  const byId = new Map(all.map((topic) => [topic.id, topic]));
  const byParent = Map.groupBy(all, ({ parent }) => parent);

  return {
    all,
    get: (id) => byId.get(id),
    childrenOf: (id) => byParent.get(id) ?? [],
    above(id) {
      const path = new Set<Topic>();
      const parentOf = (topic: Topic | undefined) => byId.get(topic?.parent ?? '');
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

export const unknownTopic = (id: string): ProblemError =>
  new ProblemError('unknown-topic', { detail: `There is no topic "${id}" at this position.` });

/** A topic's id, and those of all topics below it. @throws ProblemError `unknown-topic`. */
export const topicsFrom = async (snapshot: Snapshot, id: string, knownAt: number): Promise<readonly string[]> => {
  const tree = await readTopicTree(snapshot, knownAt);
  if (tree.get(id) === undefined) throw unknownTopic(id);
  return tree.withBelow(id);
};
