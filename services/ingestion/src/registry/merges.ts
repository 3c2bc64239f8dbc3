import { ProblemError } from '@stance/contracts';
import type { ActorMerged, ActorMergedData, ActorUnmerged, ActorUnmergedData } from '@stance/contracts';

/** Who answers as whom. The calls that decide give the event that said the same, `null` where nobody has. */
export interface Merges {
  apply(event: ActorMerged | ActorUnmerged): void;
  /** The actor that an actor answers as. */
  survivorOf(actor: string): string;
  /** @throws ProblemError `merge-cycle` or `already-merged` */
  decideMerge(merge: ActorMergedData): ActorMerged | null;
  /** @throws ProblemError `not-merged` */
  decideUnmerge(unmerge: ActorUnmergedData): ActorUnmerged | null;
}

export const createMerges = (): Merges => {
  /** What was recorded last of each actor that was ever merged. */
  const last = new Map<string, ActorMerged | ActorUnmerged>();

  const mergeOf = (actor: string): ActorMerged | null => {
    const event = last.get(actor);
    return event?.type === 'ActorMerged' ? event : null;
  };
  const survivorOf = (actor: string): string => {
    let survivor = actor;
    for (let merge = mergeOf(actor); merge !== null; merge = mergeOf(survivor)) survivor = merge.data.into;
    return survivor;
  };

  return {
    survivorOf,
    apply(event) {
      last.set(event.data.actorId, event);
    },
    decideMerge({ actorId, into }) {
      const merge = mergeOf(actorId);
      if (merge?.data.into === into) return merge;
      if (merge !== null) {
        throw new ProblemError('already-merged', {
          detail: `Actor "${actorId}" is merged into "${merge.data.into}".`,
          errors: [{ path: 'id', message: `is merged into "${merge.data.into}"` }],
        });
      }
      if (survivorOf(into) === actorId) {
        const message = into === actorId ? 'is the actor itself' : `answers as "${actorId}"`;
        throw new ProblemError('merge-cycle', {
          detail: `Actor "${actorId}" cannot be merged into "${into}", which ${message}.`,
          errors: [{ path: 'into', message }],
        });
      }
      return null;
    },
    decideUnmerge({ actorId, reason }) {
      const event = last.get(actorId);
      if (event?.type === 'ActorMerged') return null;
      if (event !== undefined && event.data.reason === reason) return event;
      throw new ProblemError('not-merged', {
        detail: `Actor "${actorId}" is not merged into another one.`,
        errors: [{ path: 'id', message: 'is not merged' }],
      });
    },
  };
};
