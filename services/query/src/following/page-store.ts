import { cutPage, framedPage } from './page-frames.ts';
import type { FramedPage } from './page-frames.ts';
import type { StreamEntry, StreamPage } from './stream-source.ts';

/** What is handed to a socket at a time, in characters of JSON. */
const pieceSize = 64 * 1024;
/** What is kept for those who come after, in characters of JSON. */
const keptSize = 16 * 1024 * 1024;

/** Which pages: all that happened, or what stood when the stream was at a position. */
export type PageKind = 'all' | { readonly currentAt: number };

/** Keeps the last pages that were read, so that readers at the same place share them. */
export interface PageStore<Entry extends StreamEntry> {
  get(kind: PageKind, after: number): FramedPage<Entry> | undefined;
  /** Keeps a page, cut into pieces; the oldest go where there are too many. */
  put(kind: PageKind, page: StreamPage<Entry>, epoch: string): void;
  clear(): void;
}

const keyOf = (kind: PageKind, after: number): string =>
  kind === 'all' ? String(after) : `${String(kind.currentAt)}:${String(after)}`;

export const createPageStore = <Entry extends StreamEntry>(): PageStore<Entry> => {
  const pages = new Map<string, FramedPage<Entry>>();
  let size = 0;

  const drop = (key: string): void => {
    size -= pages.get(key)?.size ?? 0;
    pages.delete(key);
  };

  return {
    get: (kind, after) => pages.get(keyOf(kind, after)),
    put(kind, whole, epoch) {
      for (const piece of cutPage(whole, pieceSize)) {
        const page = framedPage(piece, epoch, kind === 'all' ? 'all' : 'current');
        const key = keyOf(kind, page.after);
        drop(key);
        pages.set(key, page);
        size += page.size;
      }
      const first = keyOf(kind, whole.after);
      for (const key of pages.keys()) {
        // What has just been asked for is still to be given.
        if (size <= keptSize || key === first) break;
        drop(key);
      }
    },
    clear() {
      pages.clear();
      size = 0;
    },
  };
};
