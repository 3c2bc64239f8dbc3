import type { EventLog, StoredEvent } from '@stance/event-store';
import type { LinkedEvent } from '@stance/distribution';

export interface LogShape {
  /** How far each event is from the one before it, in positions. */
  readonly gaps: readonly number[];
  /** Whose the events are, over and over. */
  readonly holders: readonly number[];
}

/** A log of statements whose positions grow, as on EventStoreDB. */
export function logOf({ gaps, holders }: LogShape): StoredEvent[] {
  let position = 0;
  return gaps.map((gap, index) => {
    position += gap;
    const holder = `holder-${holders[index % holders.length] ?? 0}`;
    return {
      position,
      stream: `statement-${index}`,
      revision: 0,
      id: `event-${index}`,
      type: 'StatementMade',
      schemaVersion: 1,
      recordedAt: 1000 + index,
      data: JSON.stringify({ statementId: String(index), statement: { holder } }),
      metadata: { correlationId: `request-${index}` },
    };
  });
}

/** The events as a relay sends them. */
export function linked(log: readonly StoredEvent[]): LinkedEvent[] {
  return log.map((event, index) => ({ event, previous: log[index - 1]?.position ?? 0, count: index + 1 }));
}

/** A store that holds just these; `reads` counts how often it was read. */
export function storeOf(log: readonly StoredEvent[]): Pick<EventLog, 'readAll' | 'head'> & { reads(): number } {
  let reads = 0;
  return {
    reads: () => reads,
    async head() {
      return log.at(-1)?.position ?? 0;
    },
    async readAll({ after, limit }) {
      reads += 1;
      const from = log.findIndex(({ position }) => position > after);
      const events = from === -1 ? [] : log.slice(from, from + limit);
      return { events, position: events.at(-1)?.position ?? after };
    },
  };
}
