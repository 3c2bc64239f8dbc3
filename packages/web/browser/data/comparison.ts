import type { HolderComparisonAnswer } from '@stance/client';

import type { Horizon } from '../address/place.ts';
import { mostStances } from './comparison-lack.ts';
import type { Compared } from './comparison-lack.ts';
import { service } from './service.ts';

/** The comparison; or, where a topic has too many propositions for it, how many those are. */
export type Comparison =
  | {
      readonly state: 'compared';
      readonly answer: HolderComparisonAnswer;
      /** What the topic is called; `null`: a proposition was asked for. */
      readonly topicName: string | null;
    }
  | { readonly state: 'too-large'; readonly propositions: number };

export const loadComparison = async (
  { holders, topic, proposition }: Compared,
  horizon: Horizon,
  signal: AbortSignal,
): Promise<Comparison> => {
  let topicName: string | null = null;
  if (topic !== undefined) {
    const known = horizon.knownAt === undefined ? {} : { knownAt: horizon.knownAt };
    const { name, propositions } = await service.topics.get(topic, known, { signal });
    topicName = name;
    if (propositions.total * holders.length > mostStances)
      return { state: 'too-large', propositions: propositions.total };
  }
  const query = {
    ...(holders.length === 0 ? {} : { holders: [...holders] }),
    ...(topic === undefined ? {} : { topic }),
    ...(proposition === undefined ? {} : { proposition }),
    ...horizon,
  };
  return { state: 'compared', answer: await service.stances.compare(query, { signal }), topicName };
};
