import { actorAliasAdded, actorRegistered, actorRevisedSchema } from './actor-events.ts';
import { firstVersion } from './event-type.ts';
import type { EventType } from './event-type.ts';
import { propositionDefined, propositionRevisedSchema } from './proposition-events.ts';
import {
  actorMergedSchema,
  actorUnmergedSchema,
  eventSkippedSchema,
  membershipRecordedSchema,
  propositionRelated,
  topicDefinedSchema,
} from './registry-events.ts';
import { createEventRegistry } from './registry.ts';
import type { StanceEvent } from './stance-event.ts';
import {
  statementCorrected,
  statementIdentity,
  statementMadeSchema,
  statementRetractedSchema,
} from './statement-events.ts';
import type { EncodedEvent, StoredEventText } from './stored.ts';

const eventTypes = {
  StatementMade: firstVersion(statementMadeSchema, ['statementId', 'statement']),
  StatementCorrected: statementCorrected,
  StatementRetracted: firstVersion(statementRetractedSchema, statementIdentity),
  ActorRegistered: actorRegistered,
  ActorRevised: firstVersion(actorRevisedSchema, ['actorId', 'name']),
  ActorAliasAdded: actorAliasAdded,
  PropositionDefined: propositionDefined,
  PropositionRevised: firstVersion(propositionRevisedSchema, ['propositionId', 'text']),
  ActorMerged: firstVersion(actorMergedSchema, ['actorId', 'into']),
  ActorUnmerged: firstVersion(actorUnmergedSchema, ['actorId']),
  MembershipRecorded: firstVersion(membershipRecordedSchema, ['actorId', 'group']),
  PropositionRelated: propositionRelated,
  TopicDefined: firstVersion(topicDefinedSchema, ['topicId', 'name']),
  EventSkipped: firstVersion(eventSkippedSchema, ['stream', 'revision', 'eventId']),
} satisfies Record<StanceEvent['type'], EventType>;

/** Every event type with all versions ever written. */
export const eventRegistry = createEventRegistry(eventTypes);

/** The payload of the newest version of a type. */
export type EventDataOf<Type extends StanceEvent['type']> = Extract<StanceEvent, { readonly type: Type }>['data'];

/** A new event in the newest version of its type; `data` has been checked by whoever made it. */
export const encodeEvent = <Type extends StanceEvent['type']>(type: Type, data: EventDataOf<Type>): EncodedEvent => ({
  type,
  schemaVersion: eventTypes[type].versions.length,
  data: JSON.stringify(data),
});

/**
 * An event of the log with its payload in the newest version.
 *
 * @throws ContractError `unknown-event-type`, `unknown-event-version` or `invalid-event-data`
 */
export const decodeEvent = (stored: StoredEventText): StanceEvent => {
  const data = eventRegistry.decodeData(stored);
  const { position, id, type, schemaVersion, stream, revision, recordedAt, metadata } = stored;
  // The registry has brought the payload to the newest version of this type: the one place where that becomes a type.
  return { position, id, type, schemaVersion, stream, revision, recordedAt, ...metadata, data } as StanceEvent;
};
