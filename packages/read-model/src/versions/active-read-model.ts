import { AsyncLocalStorage } from 'node:async_hooks';

import { ReadModelError } from '../errors.ts';
import type { ReadModel } from '../read-model.ts';

export interface ActiveReadModelOptions {
  /** The number of the version that serves. */
  readonly active: () => number | Promise<number>;
  readonly open: (version: number) => ReadModel | Promise<ReadModel>;
  /** Releases what `active` rests on. */
  readonly close: () => Promise<void>;
}

interface OpenVersion {
  readonly version: number;
  readonly readModel: Promise<ReadModel>;
}

/** The version that reads which belong together are to have. */
interface KeptVersion {
  readonly used: OpenVersion;
  isOver: boolean;
}

/**
 * The read model that serves, whichever version that is: each read goes to the one that is active when it begins, and ends on
 * that one. One that serves no more is closed once those who read it are done.
 *
 * @throws ReadModelError as opening the version that is active says.
 */
export const openActiveReadModel = async (options: ActiveReadModelOptions): Promise<ReadModel> => {
  const { active, open, close } = options;
  let closed = false;
  let present: OpenVersion | null = null;

  /** Counts the questions which version serves, and which of them was the last to be gone by. */
  let asked = 0;
  let goneBy = 0;

  const current = async (): Promise<OpenVersion> => {
    asked += 1;
    const question = asked;
    const version = await active();
    if (closed) throw new ReadModelError('read-model-closed', 'the read model was closed');
    // Answers may overtake each other: an older one does not lead back to a version that serves no more.
    if (present !== null && (present.version === version || question < goneBy)) return present;
    goneBy = question;
    const before = present;
    const readModel = Promise.resolve(open(version));
    const opened = { version, readModel };
    present = opened;
    // Who reads it now is let finish; nobody else will.
    void before?.readModel.then((left) => left.close()).catch(() => undefined);
    readModel.catch(() => {
      // Tried again by the next read.
      if (present === opened) present = null;
    });
    return opened;
  };

  /** Whether a read failed because its version was left, or dropped, between the question and the read. */
  const wasLeft = async (error: unknown, { version }: OpenVersion): Promise<boolean> => {
    if (closed || !(error instanceof ReadModelError)) return false;
    return error.code === 'read-model-closed' || (await active()) !== version;
  };

  const opened = async (): Promise<{ readonly used: OpenVersion; readonly readModel: ReadModel }> => {
    for (;;) {
      const used = await current();
      try {
        return { used, readModel: await used.readModel };
      } catch (error) {
        if (!(await wasLeft(error, used))) throw error;
      }
    }
  };

  const kept = new AsyncLocalStorage<KeptVersion>();

  try {
    await opened();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    read: async (work) => {
      const together = kept.getStore();
      let used = together === undefined || together.isOver ? await current() : together.used;
      for (;;) {
        try {
          return await (await used.readModel).read(work);
        } catch (error) {
          if (!(await wasLeft(error, used))) throw error;
        }
        used = await current();
      }
    },
    together: async (work) => {
      if (kept.getStore()?.isOver === false) return work();
      for (;;) {
        const { used, readModel } = await opened();
        const together = { used, isOver: false };
        let isBegun = false;
        try {
          return await kept.run(together, () =>
            readModel.together(() => {
              isBegun = true;
              return work();
            }),
          );
        } catch (error) {
          if (isBegun || !(await wasLeft(error, used))) throw error;
        } finally {
          together.isOver = true;
        }
      }
    },
    close: async () => {
      if (closed) return;
      closed = true;
      const left: OpenVersion | null = present;
      await left?.readModel.then((readModel) => readModel.close()).catch(() => undefined);
      await close();
    },
  };
};
