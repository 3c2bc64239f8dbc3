interface Entry<Value> {
  readonly value: Value;
  used: boolean;
}

/**
 * A cache bounded by count that may exceed its bound until `trim` is called, so that what one batch loads stays there
 * until the batch is done. What was not asked for since the last trims goes first; asking costs no reordering.
 */
export interface SecondChanceCache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  trim(): void;
  clear(): void;
}

export const createSecondChanceCache = <Key, Value>(limit: number): SecondChanceCache<Key, Value> => {
  const entries = new Map<Key, Entry<Value>>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entry.used = true;
      return entry.value;
    },
    set(key, value) {
      entries.set(key, { value, used: true });
    },
    trim() {
      if (entries.size <= limit) return;
      for (const [key, entry] of entries) {
        if (entries.size <= limit) return;
        entries.delete(key);
        if (!entry.used) continue;
        // Goes to the end, where it is met again only if everything else was in use as well.
        entry.used = false;
        entries.set(key, entry);
      }
    },
    clear() {
      entries.clear();
    },
  };
};
