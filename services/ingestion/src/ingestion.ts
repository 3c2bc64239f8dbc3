import { dayOf } from '@stance/domain';
import type { StatementRuleOptions } from '@stance/contracts';
import type { EventStore } from '@stance/event-store';

import { createActors } from './actors.ts';
import type { Actors } from './actors.ts';
import { createCorrectStatement } from './correct-statement.ts';
import type { CorrectStatement } from './correct-statement.ts';
import { createForeignDisownings } from './foreign-disownings.ts';
import { defaultIngestionLimits } from './limits.ts';
import type { IngestionLimits } from './limits.ts';
import { createPropositions } from './propositions.ts';
import type { Propositions } from './propositions.ts';
import { createRecordStatements } from './record-statements.ts';
import type { RecordStatements } from './record-statements.ts';
import { createReferences } from './references.ts';
import { createRegistry } from './registry/registry.ts';
import type { Registry } from './registry/registry.ts';
import { createRetractStatement } from './retract-statement.ts';
import type { RetractStatement } from './retract-statement.ts';
import { createStore } from './store.ts';
import type { Pause } from './store.ts';
import type { NewId } from './write-context.ts';

export interface IngestionOptions {
  readonly eventStore: EventStore;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Makes a unique event id. */
  readonly newId: NewId;
  readonly limits?: Partial<IngestionLimits>;
  /** What it waits with before it tries an append again; time itself, if left out. */
  readonly pause?: Pause;
}

/** All that writes, without HTTP. What resolves is durable. */
export interface Ingestion {
  /** The rules for what is received now. */
  rules(): StatementRuleOptions;
  readonly recordStatements: RecordStatements;
  readonly correctStatement: CorrectStatement;
  readonly retractStatement: RetractStatement;
  readonly putActor: Actors['put'];
  readonly addAlias: Actors['addAlias'];
  readonly putProposition: Propositions['put'];
  readonly reviseProposition: Propositions['revise'];
  readonly registry: Registry;
  readonly limits: IngestionLimits;
}

export const createIngestion = ({ eventStore, clock, newId, limits: given, pause }: IngestionOptions): Ingestion => {
  const limits = { ...defaultIngestionLimits, ...given };
  const store = createStore(eventStore, pause);
  const references = createReferences(store, newId, limits.knownIds);
  const actors = createActors(store, newId);
  const propositions = createPropositions(store, newId);
  const rules = (): StatementRuleOptions => ({ receivedOn: dayOf(clock()) });
  const { statementBytes } = limits;
  const registry = createRegistry(store, references, newId);
  const refuseForeign = createForeignDisownings(store, registry.survivors);
  return {
    limits,
    rules,
    recordStatements: createRecordStatements({ store, references, refuseForeign, newId }),
    correctStatement: createCorrectStatement({ store, references, newId, rules, statementBytes }),
    retractStatement: createRetractStatement(store, newId),
    putActor: actors.put,
    addAlias: actors.addAlias,
    putProposition: propositions.put,
    reviseProposition: propositions.revise,
    registry,
  };
};
