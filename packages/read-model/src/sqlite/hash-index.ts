/**
 * From a key, a whole number above 0 or the hash of a text, to numbers: 16 bytes an entry at most half full, where a `Map` of strings takes a hundred. Keys
 * with one hash share their numbers, so a hit has to be checked against what it stands for; a miss is certain.
 */
export interface HashIndex {
  add(hash: number, value: number): void;
  /** The values added under this hash. */
  get(hash: number): readonly number[];
  has(hash: number): boolean;
}

const nothing: readonly number[] = [];

/** 53 bits of a text, never 0. */
export const hashOf = (text: string): number => {
  let high = 0x9e37_79b9;
  let low = 0x85eb_ca6b;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x9e37_79b1);
    low = Math.imul(low ^ code, 0x5f35_6495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85eb_ca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2_ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85eb_ca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2_ae35);
  return (high >>> 11) * 2 ** 32 + (low >>> 0) + 1;
};

export const createHashIndex = (): HashIndex => {
  let capacity = 2 ** 12;
  let size = 0;
  let hashes = new Float64Array(capacity);
  let values = new Float64Array(capacity);

  const slotOf = (hash: number): number => {
    const mixed = Math.imul((hash | 0) ^ Math.imul(hash / 2 ** 26, 0x9e37_79b1), 0x85eb_ca6b);
    return (mixed ^ (mixed >>> 15)) & (capacity - 1);
  };

  const put = (hash: number, value: number): void => {
    let slot = slotOf(hash);
    while (hashes[slot] !== 0) slot = (slot + 1) & (capacity - 1);
    hashes[slot] = hash;
    values[slot] = value;
  };

  const grow = (): void => {
    const before = { hashes, values };
    capacity *= 2;
    hashes = new Float64Array(capacity);
    values = new Float64Array(capacity);
    for (const [slot, hash] of before.hashes.entries()) if (hash !== 0) put(hash, before.values[slot] ?? 0);
  };

  return {
    add(hash, value) {
      if (size * 2 >= capacity) grow();
      put(hash, value);
      size += 1;
    },
    get(hash) {
      let found: number[] | null = null;
      for (let slot = slotOf(hash); hashes[slot] !== 0; slot = (slot + 1) & (capacity - 1)) {
        if (hashes[slot] === hash) (found ??= []).push(values[slot] ?? 0);
      }
      return found ?? nothing;
    },
    has(hash) {
      for (let slot = slotOf(hash); hashes[slot] !== 0; slot = (slot + 1) & (capacity - 1)) {
        if (hashes[slot] === hash) return true;
      }
      return false;
    },
  };
};
