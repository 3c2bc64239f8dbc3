import { ProblemError, sameJson } from '@stance/contracts';
import type { TopicDefined, TopicDefinedData, TopicInput } from '@stance/contracts';

import { findPath, pathText } from './path.ts';

/** The tree of topics. */
export interface Topics {
  apply(event: TopicDefined): void;
  /** What is said of a topic, `null` where nobody has defined it. */
  described(topic: string): TopicInput | null;
  /**
   * The event that said the same, `null` where nobody has.
   *
   * @throws ProblemError `topic-cycle` or `unknown-topic`
   */
  decide(topic: TopicDefinedData): TopicDefined | null;
}

export const createTopics = (): Topics => {
  const last = new Map<string, TopicDefined>();

  const parentOf = (topic: string): string[] => {
    const parent = last.get(topic)?.data.parent;
    return parent === undefined ? [] : [parent];
  };

  return {
    apply(event) {
      last.set(event.data.topicId, event);
    },
    described(topic) {
      const known = last.get(topic);
      if (known === undefined) return null;
      const { topicId: _, ...described } = known.data;
      return described;
    },
    decide(topic) {
      const { topicId, parent } = topic;
      const same = last.get(topicId);
      if (same !== undefined && sameJson(same.data, topic)) return same;
      if (parent === undefined) return null;
      const path = findPath(parent, topicId, parentOf);
      if (path !== null) {
        const text = pathText([topicId, ...path]);
        throw new ProblemError('topic-cycle', {
          detail: `Topic "${topicId}" would be a part of itself: ${text}.`,
          errors: [{ path: 'parent', message: `leads back to the topic: ${text}` }],
        });
      }
      if (!last.has(parent)) {
        const message = `there is no topic "${parent}"`;
        throw new ProblemError('unknown-topic', {
          detail: `parent: ${message}`,
          errors: [{ path: 'parent', message }],
        });
      }
      return null;
    },
  };
};
