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

  const current = async (): Promise<ReadModel> => {
    const version = await active();
    if (closed) throw new ReadModelError('read-model-closed', 'the read model was closed');
    if (present?.version === version) return present.readModel;
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
    return readModel;
  };

  try {
    await current();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    read: async (work) => {
      for (;;) {
        const readModel = await current();
        try {
          return await readModel.read(work);
        } catch (error) {
          // It was left between the question and the read.
          if (closed || !(error instanceof ReadModelError) || error.code !== 'read-model-closed') throw error;
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
