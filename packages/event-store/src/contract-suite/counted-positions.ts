import { expect } from 'vitest';

import { EventStoreError } from '../errors.ts';
import type { AppendResult, EventStore, StoredEvent } from '../event-store.ts';

/** Beyond the end of any log. */
const beyond = 1_000_000;

/**
 * A store whose positions grow, seen as one that counts: its first event is at 1, its second at 2, and so on. So one suite
 * tests both kinds. That the positions do grow, and are those of the events, is seen to on the way.
 *
 * @param origin the position that is counted as 0.
 */
export function withCountedPositions(store: EventStore, origin: number): EventStore {
  /** The position of the event that is counted 1, 2, 3 and so on. */
  const places: number[] = [];
  let reading: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let told: Promise<void> = Promise.resolve();

  async function readOn(): Promise<void> {
    let after = places.at(-1) ?? origin;
    for (;;) {
      const page = await store.readAll({ after, limit: 1000 });
      for (const { position } of page.events) {
        expect(position).toBeGreaterThan(places.at(-1) ?? origin);
        places.push(position);
      }
      if (page.position === after) return;
      after = page.position;
    }
  }

  /** Counts what has come to the log; those who want it meanwhile share the next round. */
  function learn(): Promise<void> {
    waiting ??= reading
      .catch(() => undefined)
      .then(() => {
        waiting = undefined;
        reading = readOn();
        return reading;
      });
    return waiting;
  }

  /** How many events stand at the position or before. */
  async function countTo(position: number): Promise<number> {
    if (position > (places.at(-1) ?? origin)) await learn();
    const next = places.findLastIndex((place) => place <= position);
    return next + 1;
  }

  async function countOf(position: number): Promise<number> {
    const count = await countTo(position);
    expect(places[count - 1]).toBe(position);
    return count;
  }

  function counted(events: readonly StoredEvent[]): Promise<StoredEvent[]> {
    return Promise.all(events.map(async (event) => ({ ...event, position: await countOf(event.position) })));
  }

  async function countedResult(result: AppendResult): Promise<AppendResult> {
    if (result.outcome !== 'appended') return result;
    try {
      return { ...result, position: await countOf(result.position) };
    } catch (error) {
      // Handed in before the store was closed, and done, but there is no reading any more.
      if (error instanceof EventStoreError && error.code === 'event-store-closed') return result;
      throw error;
    }
  }

  return {
    async append(requests) {
      const results = await store.append(requests);
      return Promise.all(results.map(countedResult));
    },
    readStream: async (stream, options) => counted(await store.readStream(stream, options)),
    async readAll(options) {
      // What makes no sense is refused as it is.
      if (!Number.isSafeInteger(options.after) || options.after < 0) return store.readAll(options);
      if (options.after > places.length) await learn();
      const place = options.after === 0 ? origin : places[options.after - 1];
      const after = place ?? (places.at(-1) ?? origin) + beyond;
      const page = await store.readAll({ ...options, after });
      const position = page.position === after ? options.after : await countTo(page.position);
      return { events: await counted(page.events), position };
    },
    async head() {
      const head = await store.head();
      return head === 0 ? 0 : countOf(head);
    },
    async headAt(instant) {
      const head = await store.headAt(instant);
      return head === null ? null : countTo(head);
    },
    onHead(listener) {
      let listening = true;
      const end = store.onHead((head) => {
        told = told.then(async () => {
          const count = await countOf(head);
          if (listening) listener(count);
        });
      });
      return () => {
        listening = false;
        end();
      };
    },
    close: () => store.close(),
  };
}
