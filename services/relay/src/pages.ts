import type { EventPage, EventStore } from '@stance/event-store';

/** Reads the log page by page. */
export interface Pages {
  /** The page after a position. */
  after(position: number): Promise<EventPage>;
  /** Begins to read the page after a position, which will be the next one asked for. */
  readAhead(position: number): void;
}

export const createPages = (source: Pick<EventStore, 'readAll'>, limit: number): Pages => {
  let ahead: { readonly position: number; readonly page: Promise<EventPage> } | null = null;

  return {
    after(position) {
      const begun = ahead;
      ahead = null;
      return begun?.position === position ? begun.page : source.readAll({ after: position, limit });
    },
    readAhead(position) {
      const page = source.readAll({ after: position, limit });
      // Who asks for the page learns of it.
      page.catch(() => undefined);
      ahead = { position, page };
    },
  };
};
