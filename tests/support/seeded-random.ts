/** Chance that can be repeated: the same seed gives the same choices. */
export interface SeededRandom {
  /** From 0 up to, and without, `below`. */
  integer(below: number): number;
  pick<const T>(from: readonly [T, ...T[]]): T;
  /** Another one, whose choices depend on this seed and the number only. */
  fork(number: number): SeededRandom;
}

/** Mulberry32: small, and even enough to choose what to do next. */
export const seededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    integer,
    pick: (from) => from[integer(from.length)] ?? from[0],
    fork: (number) => seededRandom(Math.imul(seed ^ 0x9e3779b9, 2 * number + 1) ^ (seed >>> 7)),
  };
};
