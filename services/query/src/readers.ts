/** Who waits for a piece of work that several may wait for. */
export interface Readers {
  /** One more; without a signal it waits to the end. */
  readonly add: (signal: AbortSignal | undefined) => void;
  /** @throws the reason for which the last of them left, once all have. */
  readonly check: () => void;
}

export const createReaders = (first: AbortSignal | undefined): Readers => {
  const signals = [first];
  return {
    add: (signal) => void signals.push(signal),
    check: () => {
      if (signals.every((signal) => signal?.aborted === true)) signals.at(-1)?.throwIfAborted();
    },
  };
};
