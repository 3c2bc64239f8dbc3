import type {
  compareHolders,
  compareMethods,
  Endpoint,
  getActor,
  getDifferences,
  getExplanation,
  getHistory,
  getProposition,
  getStatement,
  getTopic,
  listActors,
  listChanges,
  listContested,
  listParked,
  listPropositions,
  listStances,
  listStatements,
  listTopics,
  streamChanges,
  streamStatements,
} from '@stance/contracts';

/** What a call takes in its query, as the service hears it: numbers as numbers, lists as lists. */
type QueryOf<Call extends Endpoint> = Readonly<Call['query']['_zod']['output']>;

export type StancesQuery = QueryOf<typeof listStances>;
export type HistoryQuery = QueryOf<typeof getHistory>;
export type ExplanationQuery = QueryOf<typeof getExplanation>;
export type ContestedQuery = QueryOf<typeof listContested>;
export type HolderComparisonQuery = QueryOf<typeof compareHolders>;
export type ChangesQuery = QueryOf<typeof listChanges>;
export type StatementsQuery = QueryOf<typeof listStatements>;
export type StatementQuery = QueryOf<typeof getStatement>;
export type ActorsQuery = QueryOf<typeof listActors>;
export type ActorQuery = QueryOf<typeof getActor>;
export type PropositionsQuery = QueryOf<typeof listPropositions>;
export type PropositionQuery = QueryOf<typeof getProposition>;
export type TopicsQuery = QueryOf<typeof listTopics>;
export type TopicQuery = QueryOf<typeof getTopic>;
export type DifferencesQuery = QueryOf<typeof getDifferences>;
export type ParkedQuery = QueryOf<typeof listParked>;
export type MethodComparisonQuery = QueryOf<typeof compareMethods>;
export type ChangeStreamQuery = QueryOf<typeof streamChanges>;
export type StatementStreamQuery = QueryOf<typeof streamStatements>;
