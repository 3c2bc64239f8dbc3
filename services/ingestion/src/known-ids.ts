/** Remembers which ids are known, the most recently used ones up to a bound. Only what is known is remembered. */
export interface KnownIds {
  has(id: string): boolean;
  add(id: string): void;
}

/**
 * Two generations instead of a list in order of use: a lookup is one `has`, and what was not asked for during a whole
 * generation is forgotten. Holds between half of `capacity` and all of it.
 */
export const createKnownIds = (capacity: number): KnownIds => {
  const generation = Math.max(1, Math.floor(capacity / 2));
  let young = new Set<string>();
  let old = new Set<string>();

  const add = (id: string): void => {
    young.add(id);
    if (young.size < generation) return;
    old = young;
    young = new Set();
  };

  return {
    add,
    has(id) {
      if (young.has(id)) return true;
      if (!old.has(id)) return false;
      add(id);
      return true;
    },
  };
};
