import type { StanceDirection } from './direction.ts';

/** Where a holder stands on a proposition; both are known by any name that tells them apart. */
export interface HeldStance<Name> {
  readonly holder: Name;
  readonly proposition: Name;
  readonly direction: StanceDirection;
}

/** On how many propositions two holders agree: `both` is the sum of the other three. */
export interface Agreement<Name> {
  readonly a: Name;
  readonly b: Name;
  /** On so many propositions both have a stance. */
  readonly both: number;
  /** The same direction, neutral and mixed included. */
  readonly agree: number;
  /** One supports what the other opposes. */
  readonly oppose: number;
  /** Different directions of which one is neutral or mixed. */
  readonly other: number;
}

const areOpposed = (a: StanceDirection, b: StanceDirection): boolean =>
  (a === 'support' && b === 'oppose') || (a === 'oppose' && b === 'support');

/**
 * The agreement matrix: each pair of the holders once, in the order of the holders. `stances` has one at most for each
 * holder and proposition, and only such as are worth counting. O(holders² × propositions).
 */
export const agreementsOf = <Name>(
  holders: readonly Name[],
  stances: readonly HeldStance<Name>[],
): Agreement<Name>[] => {
  const held = new Map<Name, Map<Name, StanceDirection>>(holders.map((holder) => [holder, new Map()]));
  for (const { holder, proposition, direction } of stances) held.get(holder)?.set(proposition, direction);
  const agreements: Agreement<Name>[] = [];
  for (const [index, a] of holders.entries()) {
    for (const b of holders.slice(index + 1)) {
      let both = 0;
      let agree = 0;
      let oppose = 0;
      for (const [proposition, direction] of held.get(a) ?? []) {
        const others = held.get(b)?.get(proposition);
        if (others === undefined) continue;
        both += 1;
        if (direction === others) agree += 1;
        else if (areOpposed(direction, others)) oppose += 1;
      }
      agreements.push({ a, b, both, agree, oppose, other: both - agree - oppose });
    }
  }
  return agreements;
};
