/**
 * From keys, given by their hash, to whole numbers: 8 bytes a slot (12 once a number needs more than 32 bits), at most half
 * of them in use, where a `Map` of strings takes a hundred. Keys with one hash share their numbers, so a hit has to be
 * checked against what it stands for; a miss is certain.
 */
export interface HashIndex {
  add(hash: number, value: number): void;
  /** The values added under this hash. */
  get(hash: number): readonly number[];
  /** Forgets all of it, and gives its memory back at once instead of when garbage is collected next. */
  release(): void;
}

/** Whether a key, given by its hash, was added. No is certain; one yes in thousands of millions is not. */
export interface HashSet {
  add(hash: number): void;
  has(hash: number): boolean;
}

const nothing: readonly number[] = [];
/** The largest number of 32 bits. */
const largest = 2 ** 32 - 1;

const mixed = (hash: number): number => {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2_ae35);
  return (value ^ (value >>> 16)) >>> 0;
};

/** 32 bits of a text, never 0. */
export const hashOfText = (text: string): number => {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  return mixed(hash) || 1;
};

/** 32 bits of a whole number, never 0. */
export const hashOfNumber = (number: number): number =>
  mixed((number | 0) ^ Math.imul(number / 2 ** 27, 0x9e37_79b1)) || 1;

export const createHashIndex = (): HashIndex => {
  let capacity = 2 ** 12;
  let size = 0;
  let hashes = new Uint32Array(capacity);
  let Values: Uint32ArrayConstructor | Float64ArrayConstructor = Uint32Array;
  let values: Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> = new Values(capacity);

  const put = (hash: number, value: number): void => {
    let slot = hash & (capacity - 1);
    while (hashes[slot] !== 0) slot = (slot + 1) & (capacity - 1);
    hashes[slot] = hash;
    values[slot] = value;
  };

  const grow = (): void => {
    const before = { hashes, values };
    capacity *= 2;
    hashes = new Uint32Array(capacity);
    values = new Values(capacity);
    for (const [slot, hash] of before.hashes.entries()) if (hash !== 0) put(hash, before.values[slot] ?? 0);
  };

  return {
    add(hash, value) {
      if (value > largest && Values === Uint32Array) {
        Values = Float64Array;
        values = new Float64Array(values);
      }
      if (size * 2 >= capacity) grow();
      put(hash, value);
      size += 1;
    },
    get(hash) {
      let found: number[] | null = null;
      for (let slot = hash & (capacity - 1); hashes[slot] !== 0; slot = (slot + 1) & (capacity - 1)) {
        if (hashes[slot] === hash) (found ??= []).push(values[slot] ?? 0);
      }
      return found ?? nothing;
    },
    release() {
      for (const { buffer } of [hashes, values]) buffer.transfer(0);
      capacity = 2;
      size = 0;
      hashes = new Uint32Array(capacity);
      values = new Values(capacity);
    },
  };
};

export const createHashSet = (): HashSet => {
  let capacity = 2 ** 12;
  let size = 0;
  let hashes = new Uint32Array(capacity);

  /** Where the hash stands, or would. */
  const slotOf = (hash: number): number => {
    let slot = hash & (capacity - 1);
    while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (capacity - 1);
    return slot;
  };

  return {
    add(hash) {
      if (size * 2 >= capacity) {
        const before = hashes;
        capacity *= 2;
        hashes = new Uint32Array(capacity);
        for (const each of before) if (each !== 0) hashes[slotOf(each)] = each;
      }
      const slot = slotOf(hash);
      if (hashes[slot] === 0) size += 1;
      hashes[slot] = hash;
    },
    has: (hash) => hashes[slotOf(hash)] === hash,
  };
};
