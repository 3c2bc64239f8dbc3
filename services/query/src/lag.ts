/** How far the read model is behind the log. */
export interface Lag {
  /** The log ends here now. */
  headAt(position: number): void;
  /** Of a read model at this position: where the log ends, and for how many seconds it has been behind, at most. */
  at(position: number): { readonly head: number; readonly seconds: number };
}

/** @param head where the log ends at first. */
export const createLag = (head: number, clock: () => number = () => performance.now()): Lag => {
  let last = head;
  /** When the log came to have the events that nobody has seen passed. */
  let since = clock();

  return {
    headAt(position) {
      if (position > last) last = position;
    },
    at(position) {
      last = Math.max(last, position);
      if (position === last) since = clock();
      return { head: last, seconds: (clock() - since) / 1000 };
    },
  };
};
