/**
 * Work on what may be very much, as a generator that hands back control after every piece: who drives it decides whether
 * something else comes first. It yields nothing, and returns the result.
 */
export type Pieces<Result> = Generator<undefined, Result, undefined>;

/** How many statements, or things made of one each, a piece goes through: well under a millisecond. */
export const aPiece = 256;

/** Drives work to its end without a pause. */
export const atOnce = <Result>(pieces: Pieces<Result>): Result => {
  let piece = pieces.next();
  while (piece.done !== true) piece = pieces.next();
  return piece.value;
};

/** `items.map(each)`. */
export function* mapped<Item, Made>(items: readonly Item[], each: (item: Item) => Made): Pieces<Made[]> {
  const made: Made[] = [];
  for (const item of items) {
    made.push(each(item));
    if (made.length % aPiece === 0) yield;
  }
  return made;
}

/** Two sorted stretches of a list, from `start` to `middle` and from there to `end`, as one in another list. */
function* merge<Item>(
  from: readonly Item[],
  into: Item[],
  [start, middle, end]: readonly [number, number, number],
  compare: (a: Item, b: Item) => number,
): Pieces<void> {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at += 1) {
    const isLeft = left < middle && (right >= end || compare(from[left] as Item, from[right] as Item) <= 0);
    into[at] = from[isLeft ? left++ : right++] as Item;
    if (at % aPiece === 0) yield;
  }
}

/** `items.toSorted(compare)`, worth its while only for what is more than a piece. */
export function* sorted<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): Pieces<Item[]> {
  let stretches: Item[] = [];
  for (let start = 0; start < items.length; start += aPiece) {
    for (const item of items.slice(start, start + aPiece).sort(compare)) stretches.push(item);
    yield;
  }
  for (let size = aPiece; size < items.length; size *= 2) {
    const merged: Item[] = [];
    for (let start = 0; start < items.length; start += 2 * size) {
      const middle = Math.min(start + size, items.length);
      yield* merge(stretches, merged, [start, middle, Math.min(start + 2 * size, items.length)], compare);
    }
    stretches = merged;
  }
  return stretches;
}
