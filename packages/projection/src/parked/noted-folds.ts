import type { HistoryFolds } from '../history-folds.ts';

/** What has to be folded because of events that come late, known before it is known who answers for whom in the end. */
export interface NotedFolds extends HistoryFolds {
  /** The histories, as recorded, that an event touched. */
  readonly touched: Set<number>;
  /** The actors all of whose histories come to something else. */
  readonly actors: Set<number>;
  /** Those among them who answer as others than before. */
  readonly regrouped: Set<number>;
}

/** Notes instead of folding: what comes in between others is folded whole, once, when all of it is there. */
export const createNotedFolds = (): NotedFolds => {
  const touched = new Set<number>();
  const actors = new Set<number>();
  const regrouped = new Set<number>();
  return {
    touched,
    actors,
    regrouped,
    touch: (history) => void touched.add(history),
    extend: (history) => void touched.add(history),
    foldAnew: (history) => void touched.add(history),
    foldAllOf: (actor) => void actors.add(actor),
    regroup(concerned) {
      for (const actor of concerned) {
        actors.add(actor);
        regrouped.add(actor);
      }
    },
  };
};
