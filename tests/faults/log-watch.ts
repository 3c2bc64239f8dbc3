import type { StoredEvent } from '@stance/event-store';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';

/** The event log, looked at from outside again and again. */
export interface LogWatch {
  /**
   * Reads the whole log and gives the events of each stream.
   *
   * @throws Error where it has a gap, where what was there before has changed, or where one statement stands in it twice.
   */
  look(): Promise<ReadonlyMap<string, readonly StoredEvent[]>>;
}

export const createLogWatch = (path: string): LogWatch => {
  const seen: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  const quotes = new Map<string, string>();

  const addNew = (event: StoredEvent): void => {
    const { position, stream, revision, type, data } = event;
    if (position !== seen.length + 1) throw new Error(`position ${position} follows on ${seen.length}`);
    if (event.recordedAt < (seen.at(-1)?.recordedAt ?? 0)) throw new Error(`position ${position} goes back in time`);
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
      const log = await openSqliteEventLogReader({ path });
      let after = 0;
      try {
        for (;;) {
          const page = await log.readAll({ after, limit: 5000 });
          if (page.position === after) break;
          for (const [index, event] of page.events.entries()) {
            const earlier = seen[after + index];
            if (earlier === undefined) addNew(event);
            else if (!isSame(earlier, event)) throw new Error(`position ${event.position} has changed`);
          }
          after = page.position;
        }
      } finally {
        await log.close();
      }
      if (after < seen.length) throw new Error(`the log ends at position ${after}, and did at ${seen.length} before`);
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
