import { explainInPieces } from '@stance/domain';
import type { Explanation, History, Method } from '@stance/domain';

import type { Turns } from './turns.ts';

/** Explains histories, and keeps each explanation for as long as the fold that it is of is kept: a fold is by one method. */
export const createExplanations = (turns: Turns) => {
  const kept = new WeakMap<History, Promise<Explanation>>();
  return {
    of: (history: History, method: Method): Promise<Explanation> => {
      const known = kept.get(history);
      if (known !== undefined) return known;
      const explanation = turns.drive(explainInPieces(history, method));
      kept.set(history, explanation);
      return explanation;
    },
  };
};
