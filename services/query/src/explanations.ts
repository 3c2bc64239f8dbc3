import { explainHistory } from '@stance/domain';
import type { Explanation, History, Method } from '@stance/domain';

/** Explains histories, and keeps each explanation for as long as the fold that it is of is kept: a fold is by one method. */
export const createExplanations = () => {
  const kept = new WeakMap<History, Explanation>();
  return {
    of: (history: History, method: Method): Explanation => {
      const known = kept.get(history);
      if (known !== undefined) return known;
      const explanation = explainHistory(history, method);
      kept.set(history, explanation);
      return explanation;
    },
  };
};
