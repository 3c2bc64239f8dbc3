import type { StanceChange } from '@stance/domain';

interface Candidate {
  readonly id: string;
  readonly at: number;
  readonly strength: StanceChange['to']['strength'];
  /** Its place among all given. */
  readonly order: number;
}

/** The changes that may stand in the place of removed ones. */
export interface Successors {
  /**
   * The change that stands in the place of a removed one: the same step, best at the same day, and of the same strength;
   * of equally good ones the first given.
   */
  of(removed: StanceChange): string | null;
  /** The same; and it stands for no other one from then on. */
  take(removed: StanceChange): string | null;
}

const strengths = [null, 'weak', 'moderate', 'strong'] as const;

const keyOf = ({ track, kind, to }: StanceChange, strength: Candidate['strength']): string =>
  `${track} ${kind} ${to.direction} ${strength ?? ''}`;

/** On the track of directions strength is only what the moment happened to have. */
const keysFor = (removed: StanceChange): string[] =>
  (removed.track === 'direction' ? strengths : [removed.to.strength]).map((strength) => keyOf(removed, strength));

/** The first of some in order of days that is not before one. */
const firstFrom = (candidates: readonly Candidate[], at: number): number => {
  let low = 0;
  let high = candidates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((candidates[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Finds them by day, so that thousands that go cost no more than a look-up each. */
export const createSuccessors = (changes: Iterable<readonly [string, StanceChange]>): Successors => {
  const groups = new Map<string, Candidate[]>();
  let order = 0;
  for (const [id, change] of changes) {
    const key = keyOf(change, change.to.strength);
    const candidate = { id, at: change.at, strength: change.to.strength, order: order++ };
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [candidate]);
    else group.push(candidate);
  }
  for (const group of groups.values()) group.sort((a, b) => a.at - b.at || a.order - b.order);

  const find = (removed: StanceChange) => {
    const distanceOf = ({ at, strength }: Candidate): number =>
      Math.abs(at - removed.at) + (strength === removed.to.strength ? 0 : 0.5);
    let best: { readonly group: Candidate[]; readonly index: number; readonly candidate: Candidate } | null = null;
    for (const key of keysFor(removed)) {
      const group = groups.get(key) ?? [];
      const from = firstFrom(group, removed.at);
      const before = group[from - 1];
      for (const index of before === undefined ? [from] : [from, firstFrom(group, before.at)]) {
        const candidate = group[index];
        if (candidate === undefined) continue;
        const further = best === null ? -1 : distanceOf(candidate) - distanceOf(best.candidate);
        if (best === null || further < 0 || (further === 0 && candidate.order < best.candidate.order)) {
          best = { group, index, candidate };
        }
      }
    }
    return best;
  };

  return {
    of: (removed) => find(removed)?.candidate.id ?? null,
    take(removed) {
      const found = find(removed);
      found?.group.splice(found.index, 1);
      return found?.candidate.id ?? null;
    },
  };
};
