import type { StatementLine } from '../http/statement-line.ts';

/** Who and what is much to show. */
export interface Busiest {
  /** The holder with the most propositions. */
  readonly holder: string;
  readonly propositions: number;
  /** The proposition with the most holders. */
  readonly proposition: string;
  readonly holders: number;
}

export interface BusiestCount {
  add(statement: StatementLine): void;
  busiest(): Busiest;
}

const most = (sets: ReadonlyMap<string, ReadonlySet<string>>): readonly [string, number] => {
  let found: readonly [string, number] = ['', 0];
  for (const [name, { size }] of sets) if (size > found[1]) found = [name, size];
  return found;
};

const addTo = (sets: Map<string, Set<string>>, name: string, member: string): void => {
  const known = sets.get(name);
  if (known === undefined) sets.set(name, new Set([member]));
  else known.add(member);
};

/** Finds them among the statements that it is shown. */
export const countBusiest = (): BusiestCount => {
  const byHolder = new Map<string, Set<string>>();
  const byProposition = new Map<string, Set<string>>();
  return {
    add: ({ holder, proposition }) => {
      addTo(byHolder, holder, proposition);
      addTo(byProposition, proposition, holder);
    },
    busiest: () => {
      const [holder, propositions] = most(byHolder);
      const [proposition, holders] = most(byProposition);
      return { holder, propositions, proposition, holders };
    },
  };
};
