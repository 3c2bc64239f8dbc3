import type { EventLog, StoredEvent } from '@stance/event-store';

/** The event log, looked at from outside again and again. */
export interface LogWatch {
  /**
   * Reads the whole log and gives the events of each stream.
   *
   * @throws Error where it has a gap, where what was there before has changed, or where one statement stands in it twice.
   */
  look(): Promise<ReadonlyMap<string, readonly StoredEvent[]>>;
}

export interface LogWatchOptions {
  readonly open: () => Promise<Pick<EventLog, 'readAll' | 'close'>>;
  /** Whether its positions count its events. */
  readonly counted: boolean;
}

export const createLogWatch = ({ open, counted }: LogWatchOptions): LogWatch => {
  const seen: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  const quotes = new Map<string, string>();

  const addNew = (event: StoredEvent): void => {
    const { position, stream, revision, type, data } = event;
    const last = seen.at(-1);
    if (counted ? position !== seen.length + 1 : position <= (last?.position ?? 0)) {
      throw new Error(`position ${position} follows on ${last?.position ?? 0}`);
    }
    // Where many write at once, a stamp may be lower than that of an earlier event.
    if (counted && event.recordedAt < (last?.recordedAt ?? 0))
      throw new Error(`position ${position} goes back in time`);
    const held = streams.get(stream) ?? [];
    if (revision !== held.length) throw new Error(`${stream}: revision ${revision} follows on ${held.length - 1}`);
    if (type === 'StatementMade') {
      // No two submissions say the same: words that are there twice were recorded twice.
      const { statement } = JSON.parse(data) as { statement: { quote: { exact: string } } };
      const other = quotes.get(statement.quote.exact);
      if (other !== undefined) throw new Error(`${stream} and ${other} are one statement`);
      quotes.set(statement.quote.exact, stream);
    }
    streams.set(stream, [...held, event]);
    seen.push(event);
  };

  return {
    async look() {
      const log = await open();
      let after = 0;
      let read = 0;
      try {
        for (;;) {
          const page = await log.readAll({ after, limit: 5000 });
          if (page.position === after) break;
          for (const event of page.events) {
            const earlier = seen[read];
            read += 1;
            if (earlier === undefined) addNew(event);
            else if (!isSame(earlier, event)) throw new Error(`position ${event.position} has changed`);
          }
          after = page.position;
        }
      } finally {
        await log.close();
      }
      if (read < seen.length) throw new Error(`the log ends after ${read} events, and did after ${seen.length} before`);
      return streams;
    },
  };
};

const isSame = (one: StoredEvent, other: StoredEvent): boolean =>
  one.position === other.position &&
  one.stream === other.stream &&
  one.revision === other.revision &&
  one.id === other.id &&
  one.type === other.type &&
  one.recordedAt === other.recordedAt &&
  one.data === other.data;
