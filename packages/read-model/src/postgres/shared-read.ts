import type { Snapshot } from '../read-model.ts';

/** A transaction in which is read. */
export interface OpenRead {
  readonly snapshot: Snapshot;
  /** Ends it, and gives its connection back. */
  end(): Promise<void>;
}

/** Reads that belong together, in one transaction. */
export interface SharedRead {
  /** Whether it can be read in still. */
  isOpen(): boolean;
  read<Result>(work: (snapshot: Snapshot) => Promise<Result>): Promise<Result>;
  /** Resolves once what is being read is read, and the transaction ended. */
  end(): Promise<void>;
}

/** `begin` is called by the first that reads. */
export const createSharedRead = (begin: () => Promise<OpenRead>): SharedRead => {
  let opened: Promise<OpenRead> | null = null;
  let reads = 0;
  let isOpen = true;
  const idle = Promise.withResolvers<void>();

  return {
    isOpen: () => isOpen,
    read: async (work) => {
      reads += 1;
      opened ??= begin();
      try {
        return await work((await opened).snapshot);
      } catch (error) {
        // PostgreSQL answers nothing more in a transaction in which something failed: who reads on, does so on his own.
        isOpen = false;
        throw error;
      } finally {
        reads -= 1;
        if (!isOpen && reads === 0) idle.resolve();
      }
    },
    end: async () => {
      isOpen = false;
      if (reads > 0) await idle.promise;
      // Where it could not be begun, those who read have been told.
      const ending = await opened?.catch(() => null);
      await ending?.end();
    },
  };
};
