/** How a proposition stands to another one. */
export type RelationType = 'entails' | 'contradicts' | 'narrows';

export interface Relation {
  readonly from: string;
  readonly type: RelationType;
  readonly to: string;
}

/** A side that a stance can take for an implication: neutral, mixed and unclear stances imply nothing. */
export type Side = 'support' | 'oppose';

/** A stance on another proposition that says something of this one. */
export interface Implication {
  readonly proposition: string;
  /** Who takes this side there, */
  readonly given: Side;
  /** is taken to take this one here. */
  readonly implied: Side;
  /** The relations from there to here. Made when it is asked for: thousands may be reached, and few are shown. */
  readonly path: () => readonly Relation[];
  /** How many those are. */
  readonly distance: number;
}

interface Premise {
  readonly proposition: string;
  readonly given: Side;
}

/**
 * What a side on a proposition follows from, by one relation. What entails is given up with what it entails; what
 * contradicts rules the other out. Of a narrower proposition only this is sure: who opposes the wider one opposes it too.
 */
const premisesOf = (side: Side, proposition: string, { from, type, to }: Relation): Premise[] => {
  switch (type) {
    case 'entails':
      if (side === 'support') return to === proposition ? [{ proposition: from, given: 'support' }] : [];
      return from === proposition ? [{ proposition: to, given: 'oppose' }] : [];
    case 'contradicts':
      if (side === 'support') return [];
      return [
        ...(from === proposition ? [{ proposition: to, given: 'support' as const }] : []),
        ...(to === proposition ? [{ proposition: from, given: 'support' as const }] : []),
      ];
    case 'narrows':
      return side === 'oppose' && from === proposition ? [{ proposition: to, given: 'oppose' }] : [];
  }
};

/** A premise, the step that it leads to, and the side that follows in the end. */
interface Step extends Premise {
  readonly implied: Side;
  readonly by: { readonly relation: Relation; readonly next: Step } | null;
  readonly distance: number;
}

const pathOf = (step: Step): Relation[] => {
  const path: Relation[] = [];
  for (let { by } = step; by !== null; { by } = by.next) path.push(by.relation);
  return path;
};

const sides: readonly Side[] = ['support', 'oppose'];

const keyOf = ({ implied, given, proposition }: Step): string => `${implied} ${given}\n${proposition}`;

/**
 * The stances on other propositions from which a side on this one follows, the nearest first, each once and by a shortest
 * path (of several the first, by the order of the relations). Linear in the relations that are followed, circles included.
 *
 * @param relationsOf the relations that touch a proposition, from either side
 * @param most so many of the nearest are told
 */
export const implicationsFor = (
  proposition: string,
  relationsOf: (proposition: string) => readonly Relation[],
  most = Number.POSITIVE_INFINITY,
): Implication[] => {
  const found: Implication[] = [];
  const steps = sides.map((implied): Step => ({ proposition, given: implied, implied, by: null, distance: 0 }));
  const reached = new Set(steps.map(keyOf));
  // It grows while it is gone through: what is nearer stands before what is farther, whichever side it leads to.
  for (const step of steps) {
    for (const relation of relationsOf(step.proposition)) {
      for (const premise of premisesOf(step.given, step.proposition, relation)) {
        const next: Step = {
          ...premise,
          implied: step.implied,
          by: { relation, next: step },
          distance: step.distance + 1,
        };
        const key = keyOf(next);
        if (reached.has(key)) continue;
        reached.add(key);
        steps.push(next);
        // That it follows from the other side on the same proposition says only that the relations contradict each other.
        if (next.proposition === proposition) continue;
        const { given, implied, distance } = next;
        found.push({ proposition: next.proposition, given, implied, distance, path: () => pathOf(next) });
        if (found.length === most) return found;
      }
    }
  }
  return found;
};
