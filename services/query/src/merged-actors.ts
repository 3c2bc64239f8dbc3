import type { MergeRow } from '@stance/read-model';

/** Who answers as whom, at one position. */
export interface MergedActors {
  /** The actor that this one answers as: itself where it is not merged. */
  survivorOf(actor: number): number;
  /** All that answer as this one, itself first. */
  answeringAs(survivor: number): readonly number[];
}

/** From the merges that hold: chains of them end, for the read model takes none that leads back. */
export const mergedActors = (merges: readonly MergeRow[]): MergedActors => {
  const into = new Map(merges.map((merge) => [merge.actor, merge.into]));
  const from = Map.groupBy(merges, (merge) => merge.into);

  return {
    survivorOf(actor) {
      let survivor = actor;
      for (let next = into.get(actor); next !== undefined; next = into.get(next)) survivor = next;
      return survivor;
    },
    answeringAs(survivor) {
      const found = [survivor];
      for (const actor of found) for (const merge of from.get(actor) ?? []) found.push(merge.actor);
      return found;
    },
  };
};
