/** One actor merged into another; actors by whatever names the caller knows them. */
export interface MergeEdge<Actor> {
  readonly actor: Actor;
  readonly into: Actor;
}

/** Who answers for whom, by the merges known at one moment. */
export interface Survivors<Actor> {
  /** The actor that an actor answers as: itself, where it is not merged away. */
  of(actor: Actor): Actor;
  /** All that answer as this survivor, itself among them. */
  members(survivor: Actor): readonly Actor[];
  readonly isEmpty: boolean;
}

/** @param edges without cycles, and at most one from each actor: the registry refuses others */
export const survivorsOf = <Actor extends string | number>(edges: Iterable<MergeEdge<Actor>>): Survivors<Actor> => {
  const into = new Map<Actor, Actor>();
  for (const edge of edges) into.set(edge.actor, edge.into);
  const of = (actor: Actor): Actor => {
    let last = actor;
    for (let next = into.get(last); next !== undefined; next = into.get(last)) last = next;
    return last;
  };
  const members = new Map<Actor, Actor[]>();
  for (const actor of into.keys()) {
    const survivor = of(actor);
    const known = members.get(survivor);
    if (known === undefined) members.set(survivor, [survivor, actor]);
    else known.push(actor);
  }
  return { of, members: (survivor) => members.get(survivor) ?? [survivor], isEmpty: into.size === 0 };
};
