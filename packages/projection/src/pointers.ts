/** A statement known now that points at another stance: an endorsement or a rejection. */
export interface Pointer {
  /** Of the version of the statement. */
  readonly position: number;
  /** The history that it was recorded in, and the one that it points at: by the holders that they came with. */
  readonly history: number;
  readonly target: number;
  /** The last day on which it may have been said. */
  readonly saidTo: number;
}

/** All pointers known now: who has to be folded anew where a history changes, and what a fold has to look at. */
export interface Pointers {
  readonly isEmpty: boolean;
  add(pointer: Pointer): void;
  remove(position: number): void;
  /** Those of a history. */
  from(history: number): Iterable<Pointer>;
  /** Those that point at a history. */
  at(target: number): Iterable<Pointer>;
}

type Group = Map<number, Pointer>;

const addTo = (groups: Map<number, Group>, key: number, pointer: Pointer): void => {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, new Map([[pointer.position, pointer]]));
  else group.set(pointer.position, pointer);
};

const removeFrom = (groups: Map<number, Group>, key: number, position: number): void => {
  const group = groups.get(key);
  if (group === undefined) return;
  group.delete(position);
  if (group.size === 0) groups.delete(key);
};

const none: readonly Pointer[] = [];

export const createPointers = (known: Iterable<Pointer>): Pointers => {
  const byPosition: Group = new Map();
  const byHistory = new Map<number, Group>();
  const byTarget = new Map<number, Group>();

  const add = (pointer: Pointer): void => {
    byPosition.set(pointer.position, pointer);
    addTo(byHistory, pointer.history, pointer);
    addTo(byTarget, pointer.target, pointer);
  };
  for (const pointer of known) add(pointer);

  return {
    get isEmpty() {
      return byPosition.size === 0;
    },
    add,
    remove(position) {
      const pointer = byPosition.get(position);
      if (pointer === undefined) return;
      byPosition.delete(position);
      removeFrom(byHistory, pointer.history, position);
      removeFrom(byTarget, pointer.target, position);
    },
    from: (history) => byHistory.get(history)?.values() ?? none,
    at: (target) => byTarget.get(target)?.values() ?? none,
  };
};
