/** Who waits for a piece of work that several may wait for. */
export interface Readers {
  /** One more; without a signal it waits to the end. `false`: it comes too late, for the work was given up already. */
  readonly add: (signal: AbortSignal | undefined) => boolean;
  /** @throws the reason for which the last of them left, once all have. */
  readonly check: () => void;
}

export const createReaders = (first: AbortSignal | undefined): Readers => {
  const signals = [first];
  let last: AbortSignal | undefined;
  return {
    add: (signal) => {
      if (last !== undefined) return false;
      signals.push(signal);
      return true;
    },
    check: () => {
      if (signals.every((signal) => signal?.aborted === true)) last ??= signals.at(-1);
      last?.throwIfAborted();
    },
  };
};
