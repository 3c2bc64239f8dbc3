import { setImmediate as nextRound } from 'node:timers/promises';

import type { PageStore } from './page-store.ts';
import type { StreamEnd, StreamReader } from './stream-reader.ts';
import type { StreamEntry, StreamSource } from './stream-source.ts';

/** How many reads for those who are behind are made at a time: they share the thread, or the database, with all others. */
const atATime = 2;

export interface OwnReadsOptions<Entry extends StreamEntry> {
  readonly source: Pick<StreamSource<Entry>, 'read' | 'readCurrent'>;
  readonly pages: PageStore<Entry>;
  /** Where the shared pages begin: so far they read by themselves. */
  readonly end: () => StreamEnd;
  /** There is a page for it. */
  readonly onRead: (reader: StreamReader<Entry>) => void;
  readonly onFault: (reader: StreamReader<Entry>, error: unknown) => void;
}

/** Reads for those who are behind, one page for each in turn. Readers at one place have one page read for all of them. */
export const createOwnReads = <Entry extends StreamEntry>(options: OwnReadsOptions<Entry>) => {
  const { source, pages, end, onRead, onFault } = options;
  const waiting = new Set<StreamReader<Entry>>();
  let working = 0;

  const read = async (reader: StreamReader<Entry>): Promise<void> => {
    const kind = reader.wants();
    const after = reader.position();
    const { epoch, position: upTo } = end();
    if (kind === null || after >= upTo) return;
    if (pages.get(kind, after) === undefined) {
      const page =
        kind === 'all' ? await source.read({ after, upTo }) : await source.readCurrent({ after, upTo: kind.currentAt });
      // Another feed has come in its place meanwhile: what was read may be of either.
      if (end().epoch !== epoch || page.upTo === after) return;
      pages.put(kind, page, epoch);
    }
    onRead(reader);
  };

  const work = async (): Promise<void> => {
    working += 1;
    for (const reader of waiting) {
      waiting.delete(reader);
      try {
        await read(reader);
      } catch (error) {
        onFault(reader, error);
      }
      await nextRound();
    }
    working -= 1;
  };

  return {
    add: (reader: StreamReader<Entry>): void => {
      waiting.add(reader);
      if (working < atATime) void work();
    },
  };
};
