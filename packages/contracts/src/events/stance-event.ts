import type { ActorAliasAddedData, ActorRegisteredData, ActorRevisedData } from './actor-events.ts';
import type { EventOf } from './event.ts';
import type { PropositionDefinedData, PropositionRevisedData } from './proposition-events.ts';
import type {
  ActorMergedData,
  ActorUnmergedData,
  EventSkippedData,
  MembershipRecordedData,
  PropositionRelatedData,
  TopicDefinedData,
} from './registry-events.ts';
import type { StatementCorrectedData, StatementMadeData, StatementRetractedData } from './statement-events.ts';

export type StatementMade = EventOf<'StatementMade', StatementMadeData>;
export type StatementCorrected = EventOf<'StatementCorrected', StatementCorrectedData>;
export type StatementRetracted = EventOf<'StatementRetracted', StatementRetractedData>;
export type ActorRegistered = EventOf<'ActorRegistered', ActorRegisteredData>;
export type ActorRevised = EventOf<'ActorRevised', ActorRevisedData>;
export type ActorAliasAdded = EventOf<'ActorAliasAdded', ActorAliasAddedData>;
export type PropositionDefined = EventOf<'PropositionDefined', PropositionDefinedData>;
export type PropositionRevised = EventOf<'PropositionRevised', PropositionRevisedData>;
export type ActorMerged = EventOf<'ActorMerged', ActorMergedData>;
export type ActorUnmerged = EventOf<'ActorUnmerged', ActorUnmergedData>;
export type MembershipRecorded = EventOf<'MembershipRecorded', MembershipRecordedData>;
export type PropositionRelated = EventOf<'PropositionRelated', PropositionRelatedData>;
export type TopicDefined = EventOf<'TopicDefined', TopicDefinedData>;
export type EventSkipped = EventOf<'EventSkipped', EventSkippedData>;

/** Those of the stream `registry`. */
export type RegistryEvent =
  | ActorMerged
  | ActorUnmerged
  | MembershipRecorded
  | PropositionRelated
  | TopicDefined
  | EventSkipped;

/** Every event there is, told apart by `type`. */
export type StanceEvent =
  | StatementMade
  | StatementCorrected
  | StatementRetracted
  | ActorRegistered
  | ActorRevised
  | ActorAliasAdded
  | PropositionDefined
  | PropositionRevised
  | RegistryEvent;
