import { randomUUID } from 'node:crypto';

import { decodeEvent, ProblemError, readStatementInput } from '@stance/contracts';
import type { StanceEvent, SubmittedStatement } from '@stance/contracts';
import type { EventStore } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { createIngestion } from '@stance/ingestion';
import type { Ingestion, IngestionLimits } from '@stance/ingestion';

export const now = Date.UTC(2024, 5, 10, 12);

export const vote = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  id: 'v1',
  holder: 'france',
  proposition: 'trainers',
  direction: 'support',
  act: 'vote',
  saidAt: '2024-06-08',
  source: { part: 'record' },
  ...changes,
});

/** A statement as ingestion takes it, without its unset fields. */
export const submission = (changes: Readonly<Record<string, unknown>> = {}): SubmittedStatement => {
  const input = Object.fromEntries(Object.entries(vote(changes)).filter(([, value]) => value !== undefined));
  const reading = readStatementInput(input, { receivedOn: Math.floor(now / 86_400_000) });
  if ('ok' in reading) return reading.ok;
  throw new Error(JSON.stringify(reading.problems));
};

export const context = { correlationId: 'request-1', recordedBy: 'desk' };

export interface Bench {
  readonly eventStore: EventStore;
  readonly ingestion: Ingestion;
  /** All events there are, in order. */
  events(): Promise<StanceEvent[]>;
  record(
    submissions: readonly SubmittedStatement[],
    createMissing?: boolean,
  ): ReturnType<Ingestion['recordStatements']>;
}

/** Ingestion over a store in memory that knows France, Germany and the proposition `trainers`. */
export const bench = async (
  eventStore: EventStore = createMemoryEventStore({ clock: () => now }),
  limits: Partial<IngestionLimits> = {},
): Promise<Bench> => {
  const ingestion = createIngestion({ eventStore, clock: () => now, newId: randomUUID, limits });
  await ingestion.putActor('france', { name: 'France', kind: 'country' }, context);
  await ingestion.putActor('germany', { name: 'Germany', kind: 'country' }, context);
  await ingestion.putProposition('trainers', { text: 'Trainers should be sent.' }, context);
  return {
    eventStore,
    ingestion,
    events: async () => (await eventStore.readAll({ after: 0, limit: 100_000 })).events.map(decodeEvent),
    record: (submissions, createMissing = false) => ingestion.recordStatements(submissions, { context, createMissing }),
  };
};

/** The problem that a promise is rejected with. */
export const problemOf = async (promise: Promise<unknown>): Promise<ProblemError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
