import { encodeEvent, ProblemError, registryStream } from '@stance/contracts';
import type { EventSkippedData } from '@stance/contracts';
import { EventStoreError } from '@stance/event-store';
import type { EventMetadata, EventStore } from '@stance/event-store';

export interface SkipRecorded {
  /** Of the event that says so. */
  readonly position: number;
  readonly outcome: 'accepted' | 'duplicate';
}

export interface SkipRecorder {
  /** The position of the event that says that an event is skipped; `null` where none does. @throws ProblemError `store-unavailable` */
  find(skipped: Pick<EventSkippedData, 'stream' | 'revision'>): Promise<number | null>;
  /**
   * Says in the stream `registry` that an event is skipped, once.
   *
   * @throws ProblemError `concurrent-write` where others keep writing to it, `store-unavailable`
   */
  record(skip: EventSkippedData, metadata: EventMetadata): Promise<SkipRecorded>;
}

const eventsAPage = 1000;
/** Races with other processes are rare and short. */
const attempts = 10;

/** What an `EventSkipped` is about, whatever else is wrong with it; `null` of any other event. */
const skippedIn = (data: string): Partial<EventSkippedData> => {
  try {
    const payload: unknown = JSON.parse(data);
    return typeof payload === 'object' && payload !== null ? payload : {};
  } catch {
    return {};
  }
};

/** Records skips. The registry is read as it was stored: it may be what cannot be read. */
export const createSkipRecorder = (
  eventStore: Pick<EventStore, 'append' | 'readStream'>,
  newId: () => string,
): SkipRecorder => {
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof EventStoreError) {
        throw new ProblemError('store-unavailable', { detail: `${cause.message}.`, cause });
      }
      throw cause;
    }
  };

  const look = async ({ stream, revision }: Pick<EventSkippedData, 'stream' | 'revision'>) => {
    let found: number | null = null;
    let last = -1;
    for (;;) {
      const page = await eventStore.readStream(registryStream, { from: last + 1, limit: eventsAPage });
      for (const event of page) {
        last = event.revision;
        if (event.type !== 'EventSkipped') continue;
        const skipped = skippedIn(event.data);
        if (skipped.stream === stream && skipped.revision === revision) found ??= event.position;
      }
      if (page.length < eventsAPage) return { found, last };
    }
  };

  return {
    find: (skipped) => guarded(async () => (await look(skipped)).found),
    record: (skip, metadata) =>
      guarded(async () => {
        // Of the event's own retries: the same id is the same event.
        const event = { id: newId(), ...encodeEvent('EventSkipped', skip), metadata };
        for (let attempt = 0; attempt < attempts; attempt += 1) {
          const { found, last } = await look(skip);
          if (found !== null) return { position: found, outcome: 'duplicate' as const };
          const [result] = await eventStore.append([
            { stream: registryStream, expectedRevision: last, events: [event] },
          ]);
          if (result?.outcome === 'appended') return { position: result.position, outcome: 'accepted' as const };
        }
        throw new ProblemError('concurrent-write', {
          detail: `Others kept writing to ${registryStream}: gave up after ${String(attempts)} attempts.`,
          headers: { 'Retry-After': '1' },
        });
      }),
  };
};
