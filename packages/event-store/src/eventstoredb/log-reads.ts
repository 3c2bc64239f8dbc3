import {
  BACKWARDS,
  END,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  type AllStreamRecordedEvent,
  type ReadPosition,
  type RecordedEvent,
  type StreamingRead,
} from '@eventstore/db-client';

import type { EventPage, ReadAllOptions, StoredEvent } from '../event-store.ts';
import type { Connection } from './connection.ts';
import { noAnswer, toEventStoreError } from './server-failure.ts';
import { fromStoredForm, positionOf } from './stored-form.ts';

/** How many events a page looks at, at least: the server gives those of everybody, and they are picked here. */
const leastLookedAt = 500;

/** How many events are looked at to find the last one: more each time, as far as other programs' fill the end of the log. */
const firstLookBack = 16;
const mostLookBack = 4096;

export interface LogReadsOptions {
  readonly connection: Connection;
  readonly streamPrefix: string;
  /** How long to wait for the next event of a read, in milliseconds: the client waits for ever. */
  readonly deadlineMs: number;
}

/** Reading once, as opposed to following. All of it asks the leader, so that what was acknowledged is seen at once. */
export interface LogReads {
  readPage(options: ReadAllOptions): Promise<EventPage>;
  readStream(stream: string, from: number, limit: number | undefined): Promise<StoredEvent[]>;
  /** The last event of this event store; `null` where it is the one at `known` or an earlier one, or there is none. */
  lastAfter(known: number): Promise<StoredEvent | null>;
}

export function createLogReads({ connection, streamPrefix, deadlineMs }: LogReadsOptions): LogReads {
  const { place, credentials } = connection.server;
  const form = { streamPrefix, place };
  const asked = { requiresLeader: true, credentials };
  /** Up to here the end of the log was looked through. */
  let lookedTo = -1;

  /** Gives one recorded event after the other to `take`, until that says that it has enough. */
  async function read<E extends { event?: AllStreamRecordedEvent | RecordedEvent }>(
    start: (client: Parameters<Parameters<Connection['use']>[0]>[0]) => StreamingRead<E>,
    take: (event: AllStreamRecordedEvent | RecordedEvent) => boolean,
  ): Promise<void> {
    try {
      await connection.use(async (client) => {
        const events = start(client);
        // The client may tell of a broken connection after the last event was taken, when nobody listens any more.
        events.on('error', () => undefined);
        const timer = setTimeout(() => events.destroy(noAnswer(place, deadlineMs)), deadlineMs);
        let complete = false;
        try {
          for await (const { event } of events as AsyncIterable<E>) {
            timer.refresh();
            if (event !== undefined && !take(event)) return;
          }
          complete = true;
        } finally {
          clearTimeout(timer);
          if (!complete) void events.cancel().catch(() => undefined);
        }
      });
    } catch (error) {
      throw toEventStoreError(error, place);
    }
  }

  return {
    async readPage({ after, limit, streamPrefixes }) {
      const events: StoredEvent[] = [];
      let position = after;
      // Reading from a position gives the event there first.
      const maxCount = Math.max(limit, leastLookedAt) + 1;
      await read(
        (client) => client.readAll({ ...asked, maxCount, fromPosition: toPosition(after) }),
        (recorded) => {
          const place = positionOf(recorded, connection.server.place);
          if (place <= after && after !== 0) return true;
          position = place;
          const event = fromStoredForm(recorded, form);
          if (event !== null && (streamPrefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true)) {
            events.push(event);
          }
          return events.length < limit;
        },
      );
      return { events, position };
    },

    async readStream(stream, from, limit) {
      const events: StoredEvent[] = [];
      try {
        await connectionRead(stream, from, limit, (event) => events.push(event));
      } catch (error) {
        const { cause } = error as Error;
        if (cause instanceof StreamNotFoundError || cause instanceof StreamDeletedError) return [];
        throw error;
      }
      return events;
    },

    async lastAfter(known) {
      const floor = Math.max(known, lookedTo);
      let fromPosition: ReadPosition = END;
      let newest = floor;
      for (let maxCount = firstLookBack; ; maxCount = Math.min(mostLookBack, maxCount * 4)) {
        let found: StoredEvent | null = null;
        let lowest: number | undefined;
        await read(
          (client) => client.readAll({ ...asked, maxCount, fromPosition, direction: BACKWARDS }),
          (recorded) => {
            lowest = positionOf(recorded, place);
            newest = Math.max(newest, lowest);
            if (lowest <= floor) return false;
            found = fromStoredForm(recorded, form);
            return found === null;
          },
        );
        if (found !== null || lowest === undefined || lowest <= floor || lowest === 0) {
          lookedTo = newest;
          return found;
        }
        fromPosition = toPosition(lowest);
      }
    },
  };

  async function connectionRead(
    stream: string,
    from: number,
    limit: number | undefined,
    take: (event: StoredEvent) => void,
  ): Promise<void> {
    await read(
      (client) =>
        client.readStream(`${streamPrefix}${stream}`, {
          ...asked,
          fromRevision: BigInt(from),
          ...(limit === undefined ? {} : { maxCount: limit }),
        }),
      (recorded) => {
        const event = fromStoredForm(recorded, form);
        if (event !== null) take(event);
        return true;
      },
    );
  }
}

/** A position of an event as the client takes it; 0 is before the first. */
export function toPosition(position: number): ReadPosition {
  return position === 0 ? START : { commit: BigInt(position), prepare: BigInt(position) };
}
