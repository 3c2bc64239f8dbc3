import type { EventPage, EventStore, ReadAllOptions, StoredEvent } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';

/** How positions and stamps are given out. */
export type Numbering = 'counted' | 'offsets';

/** The event store, and all that it holds at hand. */
export interface RecordedLog {
  readonly store: EventStore;
  readonly events: readonly StoredEvent[];
  /** The position of the last event; 0 where there is none. */
  head(): number;
  /** How many events stand up to a position. */
  countUpTo(position: number): number;
  at(position: number): StoredEvent | undefined;
}

/** As byte offsets: they grow, and by how much says nothing. */
const spacing = 16;
const offsetOf = (count: number): number => (count === 0 ? 0 : count * spacing + ((count * 7) % 13));
const countOf = (offset: number): number => Math.floor(offset / spacing);
/** Where many write at once the stamp of a later event can be lower. */
const stampOf = (count: number, recordedAt: number): number => (count % 5 === 0 ? recordedAt - 3000 : recordedAt);

/** The event store in memory; with `offsets` its positions and stamps are as those of EventStoreDB are. */
export const createRecordedLog = (clock: () => number, numbering: Numbering): RecordedLog => {
  const memory = createMemoryEventStore({ clock });
  const isCounted = numbering === 'counted';
  const given = (count: number): number => (isCounted ? count : offsetOf(count));
  const counted = (position: number): number => (isCounted ? position : countOf(position));
  const events: StoredEvent[] = [];

  const seen = (event: StoredEvent): StoredEvent => {
    const { position: count, recordedAt } = event;
    const known = events[count - 1];
    if (known !== undefined) return known;
    return isCounted ? event : { ...event, position: offsetOf(count), recordedAt: stampOf(count, recordedAt) };
  };

  const readAll = async ({ after, ...options }: ReadAllOptions): Promise<EventPage> => {
    const page = await memory.readAll({ ...options, after: counted(after) });
    return { events: page.events.map(seen), position: given(page.position) };
  };

  return {
    store: {
      ...memory,
      async append(requests) {
        const results = await memory.append(requests);
        const { events: more } = await memory.readAll({ after: events.length, limit: Number.MAX_SAFE_INTEGER });
        for (const event of more) events.push(seen(event));
        return results.map((result) =>
          result.outcome === 'appended' ? { ...result, position: given(result.position) } : result,
        );
      },
      readAll,
      readStream: async (stream, options) => (await memory.readStream(stream, options)).map(seen),
      head: async () => given(await memory.head()),
      onHead: (listener) => memory.onHead((head) => listener(given(head))),
    },
    events,
    head: () => given(events.length),
    countUpTo: (position) => Math.min(events.length, counted(position)),
    at: (position) => {
      const event = events[counted(position) - 1];
      return event?.position === position ? event : undefined;
    },
  };
};
