import { encodeEvent } from '@stance/contracts';
import type { EventDataOf, StanceEvent } from '@stance/contracts';
import type { EventMetadata, NewEvent } from '@stance/event-store';

/** Under what circumstances something is written: goes into the envelope of every event of the call. */
export type WriteContext = EventMetadata;

/** Makes a unique event id. */
export type NewId = () => string;

/** A new event, ready to be appended: its id is minted here, once. */
export const newEvent = <Type extends StanceEvent['type']>(
  newId: NewId,
  metadata: WriteContext,
  type: Type,
  data: EventDataOf<Type>,
): NewEvent => {
  const { schemaVersion, data: text } = encodeEvent(type, data);
  return { id: newId(), type, schemaVersion, data: text, metadata };
};
