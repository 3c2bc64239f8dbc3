import type { Pointer } from '@stance/read-model';

/** All pointers known now: who has to be folded anew where a history changes, and what a fold has to look at. */
export interface Pointers {
  readonly isEmpty: boolean;
  add(pointer: Pointer): void;
  /** Says whether there was one. */
  remove(position: number): boolean;
  /** Those of a history. */
  from(history: number): Iterable<Pointer>;
  /** All histories that something points at, whether anything was said there or not. */
  targets(): Iterable<number>;
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
      if (pointer === undefined) return false;
      byPosition.delete(position);
      removeFrom(byHistory, pointer.history, position);
      removeFrom(byTarget, pointer.target, position);
      return true;
    },
    from: (history) => byHistory.get(history)?.values() ?? none,
    targets: () => byTarget.keys(),
    at: (target) => byTarget.get(target)?.values() ?? none,
  };
};
