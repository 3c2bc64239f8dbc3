/**
 * A cache that holds what was asked for since the last but one time that it was full: between `limit` and twice as many
 * entries. It drops entries in `trim` alone, so that what one batch loads stays until the batch is done.
 */
export interface TwoGenerationCache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  trim(): void;
}

export const createTwoGenerationCache = <Key, Value>(limit: number): TwoGenerationCache<Key, Value> => {
  let young = new Map<Key, Value>();
  let old = new Map<Key, Value>();
  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined || old.size === 0) return value;
      const before = old.get(key);
      if (before !== undefined) young.set(key, before);
      return before;
    },
    set(key, value) {
      young.set(key, value);
    },
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
    trim() {
      if (young.size < limit) return;
      // Dropping them all at once costs nothing; entry by entry it would cost more than what the cache saves.
      old = young;
      young = new Map();
    },
  };
};
