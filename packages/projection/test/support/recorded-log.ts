import { randomUUID } from 'node:crypto';

import { encodeEvent } from '@stance/contracts';
import type { RegistryEvent, StanceEvent, StatementContent } from '@stance/contracts';
import type { EventStore, NewEvent } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';

type DataOf<Type extends StanceEvent['type']> = Parameters<typeof encodeEvent<Type>>[1];

/** A log to which events are appended without the checks of an ingestion. */
export interface RecordedLog {
  readonly store: EventStore;
  append<Type extends StanceEvent['type']>(stream: string, type: Type, data: DataOf<Type>): Promise<void>;
  /** An event as somebody else might have written it. */
  appendRaw(stream: string, event: Pick<NewEvent, 'type' | 'schemaVersion' | 'data'>): Promise<void>;
  /** An event of the stream `registry`. */
  registry<Type extends RegistryEvent['type']>(type: Type, data: DataOf<Type>): Promise<void>;
  made(id: string, statement: StatementContent): Promise<void>;
  corrected(id: string, statement: StatementContent): Promise<void>;
  retracted(id: string, statement: Pick<StatementContent, 'holder' | 'proposition'>): Promise<void>;
}

export const createRecordedLog = (store: EventStore = createMemoryEventStore()): RecordedLog => {
  const revisions = new Map<string, number>();

  const appendRaw: RecordedLog['appendRaw'] = async (stream, event) => {
    const expectedRevision = revisions.get(stream) ?? -1;
    const metadata = { correlationId: 'test' };
    await store.append([{ stream, expectedRevision, events: [{ id: randomUUID(), metadata, ...event }] }]);
    revisions.set(stream, expectedRevision + 1);
  };
  const append: RecordedLog['append'] = (stream, type, data) => appendRaw(stream, encodeEvent(type, data));

  return {
    store,
    append,
    appendRaw,
    registry: (type, data) => append('registry', type, data),
    made: (id, statement) => append(`statement-${id}`, 'StatementMade', { statementId: id, statement }),
    corrected: (id, statement) =>
      append(`statement-${id}`, 'StatementCorrected', {
        statementId: id,
        holder: statement.holder,
        proposition: statement.proposition,
        reason: 'misread',
        changed: [],
        patch: {},
        statement,
      }),
    retracted: (id, { holder, proposition }) =>
      append(`statement-${id}`, 'StatementRetracted', { statementId: id, holder, proposition, reason: 'never said' }),
  };
};
