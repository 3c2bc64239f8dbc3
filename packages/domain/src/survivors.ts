/** One actor merged into another. */
export interface MergeEdge {
  readonly actor: string;
  readonly into: string;
}

/** Who answers for whom, by the merges known at one moment. */
export interface Survivors {
  /** The actor that an actor answers as: itself, where it is not merged away. */
  of(actor: string): string;
  /** All that answer as this survivor, itself among them. */
  members(survivor: string): readonly string[];
  readonly isEmpty: boolean;
}

/** @param edges without cycles, and at most one from each actor: the registry refuses others */
export const survivorsOf = (edges: Iterable<MergeEdge>): Survivors => {
  const into = new Map<string, string>();
  for (const edge of edges) into.set(edge.actor, edge.into);
  const of = (actor: string): string => {
    let last = actor;
    for (let next = into.get(last); next !== undefined; next = into.get(last)) last = next;
    return last;
  };
  const members = new Map<string, string[]>();
  for (const actor of into.keys()) {
    const survivor = of(actor);
    const known = members.get(survivor);
    if (known === undefined) members.set(survivor, [survivor, actor]);
    else known.push(actor);
  }
  return { of, members: (survivor) => members.get(survivor) ?? [survivor], isEmpty: into.size === 0 };
};
