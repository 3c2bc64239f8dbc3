import type { LinkedEvent, Watermark } from '@stance/distribution';
import type { EventStore, StoredEvent } from '@stance/event-store';

export interface NewEntry {
  /** By how much the position of it is higher than that of the one before. */
  readonly offset: number;
  /** `null`: it is another program's, and takes its place in the log alone. */
  readonly stream: string | null;
  readonly recordedAt: number;
}

/** A log as a shared server has it: positions are offsets, and some of what stands there is none of ours. */
export interface OffsetLog {
  readonly source: Pick<EventStore, 'readAll' | 'head' | 'onHead'>;
  append(entries: readonly NewEntry[]): void;
  /** What stands at its end. */
  end(): number;
  /** Our events, linked as they must be. */
  readonly events: readonly LinkedEvent[];
  /** What a watermark at a position must say. */
  totalsAt(position: number): Watermark;
}

/** @param looksAt how many entries a page looks at, at most. */
export const createOffsetLog = (looksAt = Number.POSITIVE_INFINITY): OffsetLog => {
  const entries: { readonly position: number; readonly event: StoredEvent | null }[] = [];
  const events: LinkedEvent[] = [];
  const listeners = new Set<(head: number) => void>();
  const end = (): number => entries.at(-1)?.position ?? 0;
  const head = (): number => events.at(-1)?.event.position ?? 0;

  return {
    source: {
      readAll: ({ after, limit }) => {
        const from = entries.findIndex(({ position }) => position > after);
        const page: StoredEvent[] = [];
        let position = after;
        for (const entry of from < 0 ? [] : entries.slice(from, from + looksAt)) {
          if (page.length === limit) break;
          ({ position } = entry);
          if (entry.event !== null) page.push(entry.event);
        }
        return Promise.resolve({ events: page, position });
      },
      head: () => Promise.resolve(head()),
      onHead: (listener) => {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
    },
    append(given) {
      for (const { offset, stream, recordedAt } of given) {
        const position = end() + offset;
        if (stream === null) {
          entries.push({ position, event: null });
          continue;
        }
        const event: StoredEvent = {
          position,
          stream,
          revision: 0,
          id: `id-${String(position)}`,
          type: 'StatementMade',
          schemaVersion: 1,
          recordedAt,
          data: '{}',
          metadata: { correlationId: 'test' },
        };
        events.push({ event, previous: head(), count: events.length + 1 });
        entries.push({ position, event });
      }
      for (const listener of listeners) listener(head());
    },
    end,
    events,
    totalsAt: (position) => {
      const covered = events.filter(({ event }) => event.position <= position);
      return {
        position,
        count: covered.length,
        recordedAt: Math.max(0, ...covered.map(({ event }) => event.recordedAt)),
      };
    },
  };
};

/** So many events of one stream, one after the other. */
export const someEvents = (count: number, stream = 'statement-a'): NewEntry[] =>
  Array.from({ length: count }, (_, index) => ({ offset: 10, stream, recordedAt: 1000 + index }));
