import type { ActorAliasAddedData, ActorRegisteredData, ActorRevisedData } from './actor-events.ts';
import type { EventOf } from './event.ts';
import type { PropositionDefinedData, PropositionRevisedData } from './proposition-events.ts';
import type { StatementCorrectedData, StatementMadeData, StatementRetractedData } from './statement-events.ts';

export type StatementMade = EventOf<'StatementMade', StatementMadeData>;
export type StatementCorrected = EventOf<'StatementCorrected', StatementCorrectedData>;
export type StatementRetracted = EventOf<'StatementRetracted', StatementRetractedData>;
export type ActorRegistered = EventOf<'ActorRegistered', ActorRegisteredData>;
export type ActorRevised = EventOf<'ActorRevised', ActorRevisedData>;
export type ActorAliasAdded = EventOf<'ActorAliasAdded', ActorAliasAddedData>;
export type PropositionDefined = EventOf<'PropositionDefined', PropositionDefinedData>;
export type PropositionRevised = EventOf<'PropositionRevised', PropositionRevisedData>;

/** Every event there is, told apart by `type`. */
export type StanceEvent =
  | StatementMade
  | StatementCorrected
  | StatementRetracted
  | ActorRegistered
  | ActorRevised
  | ActorAliasAdded
  | PropositionDefined
  | PropositionRevised;
