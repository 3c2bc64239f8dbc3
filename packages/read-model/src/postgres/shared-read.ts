import type { Snapshot } from '../read-model.ts';

/** A transaction in which is read. */
export interface OpenRead {
  readonly snapshot: Snapshot;
  /** Ends it, and gives its connection back. */
  end(): Promise<void>;
}

/** Reads that belong together: in one transaction, as long as they follow close upon each other. */
export interface SharedRead {
  /** Whether it can be read in still. */
  isOpen(): boolean;
  read<Result>(work: (snapshot: Snapshot) => Promise<Result>): Promise<Result>;
  /** Resolves once what is being read is read, and the transaction ended. */
  end(): Promise<void>;
}

interface Current {
  readonly opening: Promise<OpenRead>;
  reads: number;
  hasFailed: boolean;
  resting: NodeJS.Timeout | undefined;
}

/** So long nothing has to be read before the connection goes to others, in milliseconds: somebody computes, or waits. */
const rest = 20;

/** `begin` is called by the first that reads, and by one that reads after a while in which nobody did. */
export const createSharedRead = (begin: () => Promise<OpenRead>): SharedRead => {
  let isOpen = true;
  let current: Current | null = null;
  let underWay = 0;
  /** What is being ended. */
  let ending: Promise<unknown> = Promise.resolve();
  const idle = Promise.withResolvers<void>();

  const endOf = ({ opening, resting }: Current): void => {
    clearTimeout(resting);
    // Where it could not be begun, those who read have been told.
    const ended = opening.then(
      (opened) => opened.end(),
      () => undefined,
    );
    ending = Promise.all([ending, ended]);
  };

  const leave = (used: Current): void => {
    if (current === used) current = null;
    endOf(used);
  };

  const start = async (): Promise<Current> => {
    // One that has failed holds its connection, and what it has locked, until it is ended.
    await ending;
    if (current === null || current.hasFailed)
      current = { opening: begin(), reads: 0, hasFailed: false, resting: undefined };
    return current;
  };

  return {
    isOpen: () => isOpen,
    read: async (work) => {
      underWay += 1;
      const used = current !== null && !current.hasFailed ? current : await start();
      clearTimeout(used.resting);
      used.reads += 1;
      try {
        return await work((await used.opening).snapshot);
      } catch (error) {
        // PostgreSQL answers nothing more in a transaction in which something failed.
        used.hasFailed = true;
        throw error;
      } finally {
        used.reads -= 1;
        if (used.reads === 0) {
          if (used.hasFailed) leave(used);
          else used.resting = setTimeout(() => leave(used), rest);
        }
        underWay -= 1;
        if (!isOpen && underWay === 0) idle.resolve();
      }
    },
    end: async () => {
      isOpen = false;
      if (underWay > 0) await idle.promise;
      if (current !== null) leave(current);
      await ending;
    },
  };
};
