import type {
  ActorRow,
  ActorsPage,
  ActorVersionRow,
  NameRow,
  PropositionRow,
  PropositionsPage,
  PropositionVersionRow,
  WordingRow,
} from './named-rows.ts';
import type {
  MembershipRow,
  MembershipsWanted,
  MergeRow,
  RelationRow,
  RelationsReached,
  TopicRow,
} from './registry-rows.ts';
import type { ChangeRow, Checkpoint } from './writer.ts';

/** A version of a statement; `body` is its content as JSON. */
export interface StatementRow {
  /** Of the event that made this version. */
  readonly position: number;
  readonly id: string;
  readonly revision: number;
  readonly history: number;
  readonly recordedAt: number;
  readonly knownTo: number | null;
  readonly endedBy: string | null;
  /** Of the correction that made this version. */
  readonly reason: string | null;
  readonly body: string;
}

export interface RetractionRow {
  readonly position: number;
  readonly revision: number;
  readonly recordedAt: number;
  readonly reason: string;
}

/** A retraction, and of which statement. */
export interface StatementRetractionRow extends RetractionRow {
  readonly id: string;
}

/** A part of the log: after a position, up to another, and the first so many of it. */
export interface LogRange {
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

/** What is asked of a statement list; `null` where it does not matter. Days are counted from 1970-01-01. */
export interface StatementsPage {
  readonly knownAt: number;
  /** Recorded with one of these holders. */
  readonly holders: readonly number[] | null;
  readonly proposition: number | null;
  /** Only what may have been said on this day or later. */
  readonly from: number | null;
  /** Only what may have been said on this day or earlier. */
  readonly to: number | null;
  /** Only what was said by the end of this day for sure. */
  readonly at: number | null;
  readonly after: { readonly history: number; readonly position: number } | null;
  readonly limit: number;
}

export interface UtterancePage {
  readonly utteranceId: string;
  /** Recorded with one of these holders. */
  readonly holders: readonly number[];
  readonly knownAt: number;
  readonly limit: number;
}

export interface HistoryStatementsPage {
  readonly histories: readonly number[];
  readonly knownAt: number;
  readonly after: { readonly history: number; readonly position: number } | null;
  readonly limit: number;
}

/** An event that is parked. */
export interface ParkedRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: number;
  readonly data: string;
  readonly code: string;
  readonly message: string;
  readonly detail: string | null;
}

/** A stance history: the first and the last event that touched it. */
export interface HistoryRow {
  readonly history: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
}

export interface TouchedPage {
  readonly knownAt: number;
  /** The last history of the page before. At first: the position after which to look, with the largest number. */
  readonly after: { readonly lastPosition: number; readonly history: number };
  readonly holder: number | null;
  readonly proposition: number | null;
  readonly limit: number;
}

export interface HistoriesPage {
  /** Only histories with an event up to here. */
  readonly knownAt: number;
  readonly holder: number | null;
  readonly proposition: number | null;
  /** The history that the page before ended with. */
  readonly after: number | null;
  readonly limit: number;
}

/** Where a change stands in the list, which runs backwards: newest day first, and within a day from the largest history, track and opening. */
export interface ChangeKey {
  readonly day: number;
  readonly history: number;
  readonly track: number;
  readonly opened: number;
}

export interface ChangesPage {
  readonly holder: number | null;
  readonly proposition: number | null;
  readonly kinds: readonly string[] | null;
  readonly statuses: readonly string[] | null;
  readonly from: number | null;
  readonly to: number | null;
  /** Only changes of histories that no event after this position has touched. */
  readonly untouchedAfter: number | null;
  readonly after: ChangeKey | null;
  readonly limit: number;
}

/** `more`: where to look on from; there may be further ones behind it. `null`: all were seen. */
export interface ChangesFound {
  readonly rows: readonly ChangeRow[];
  readonly more: ChangeKey | null;
}

/**
 * One consistent state of the read model. All that takes a `knownAt` answers as of that position of the log, and for
 * one position at or below the checkpoint's always the same, whatever came later; the changes alone are the current
 * ones.
 */
export interface Snapshot {
  readonly checkpoint: Checkpoint;

  /** The last position recorded at or before the instant (ms since the epoch); 0 where there is none. */
  positionAt(recordedAt: number): Promise<number>;

  /** The number of an actor or a proposition, `null` where no event names it. */
  actorNo(id: string): Promise<number | null>;
  propositionNo(id: string): Promise<number | null>;
  /** The same of many, by id; without those that no event names. */
  actorNos(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  propositionNos(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  actorIds(numbers: readonly number[]): Promise<ReadonlyMap<number, string>>;
  propositionIds(numbers: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** The name in use, by number; without those that had none yet. */
  actorNames(numbers: readonly number[], knownAt: number): Promise<ReadonlyMap<number, string>>;
  /** What each is, by number; `null` where nobody has said so, without those that have no version by then. */
  actorKinds(numbers: readonly number[], knownAt: number): Promise<ReadonlyMap<number, string | null>>;
  propositionTexts(numbers: readonly number[], knownAt: number): Promise<ReadonlyMap<number, string>>;

  /** Those that have a version by then, in order of number. With words: those with a name that has them all. */
  actors(page: ActorsPage): Promise<ActorRow[]>;
  propositions(page: PropositionsPage): Promise<PropositionRow[]>;
  actorVersions(actor: number, knownAt: number): Promise<ActorVersionRow[]>;
  propositionVersions(proposition: number, knownAt: number): Promise<PropositionVersionRow[]>;
  /** The ids of the topics that propositions stand under, described or not, in order. */
  usedTopics(knownAt: number): Promise<readonly string[]>;
  /** How many propositions stand under one of these topics. */
  propositionCount(topics: readonly string[], knownAt: number): Promise<number>;
  /** Every version of these propositions there ever was, in order of position. */
  wordings(propositions: readonly number[]): Promise<WordingRow[]>;
  /** All names of these actors known then. */
  names(actors: readonly number[], knownAt: number): Promise<NameRow[]>;

  /** All merges that hold then, in the order recorded; chains of them make no circle. */
  merges(knownAt: number): Promise<MergeRow[]>;
  /** In the order recorded. */
  memberships(wanted: MembershipsWanted, knownAt: number): Promise<MembershipRow[]>;
  /** Those that touch one of these propositions, from either side, in the order recorded. */
  relations(propositions: readonly number[], knownAt: number): Promise<RelationRow[]>;
  /** Those that can be reached over relations from these propositions, in either direction, in the order recorded. */
  relationsReached(wanted: RelationsReached): Promise<RelationRow[]>;
  /** All topics that are described, in the order last defined. A parent stands among them. */
  topics(knownAt: number): Promise<TopicRow[]>;

  history(history: number): Promise<HistoryRow | null>;
  /** Those of these histories that are there, in no order. */
  historiesAmong(histories: readonly number[]): Promise<HistoryRow[]>;
  /** In order of number, without those of holders who are merged away at `knownAt`. The same of the call below. */
  histories(page: HistoriesPage): Promise<HistoryRow[]>;
  /** Those first touched at or before `knownAt` and last touched after a position, in the order last touched. */
  historiesTouched(page: TouchedPage): Promise<HistoryRow[]>;
  /**
   * The histories among these of which events up to `knownAt` are parked, whose holder a parked one would have
   * merged or set apart, that hold a statement which a parked one would have replaced, or that the rules failed on.
   */
  incompleteHistories(histories: readonly number[], knownAt: number): Promise<ReadonlySet<number>>;
  /** How many streams have a parked event. */
  parkedStreams(): Promise<number>;
  /** The first parked event of each such stream, in the order of the log, from after a position on. */
  parked(page: { readonly after: number; readonly limit: number }): Promise<ParkedRow[]>;
  /** The parked events of a stream in order, the first of them; none where it is not parked. */
  parkedIn(stream: string, limit: number): Promise<ParkedRow[]>;
  /** How many events of each of these streams are parked. */
  parkedCounts(streams: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Because of which streams these histories are incomplete at `knownAt`, in order; without those that the rules failed on. */
  parkedBehind(histories: readonly number[], knownAt: number): Promise<readonly string[]>;
  /** The histories that are incomplete because of parked events, of each of these streams, in order. */
  parkedHistories(streams: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>;

  /** The versions of these histories' statements that are the known ones at `knownAt`, by history and position. */
  historyStatements(page: HistoryStatementsPage): Promise<StatementRow[]>;
  /** The known versions of what holders said in an utterance, by history and position; without disownings. */
  utterance(page: UtterancePage): Promise<StatementRow[]>;
  /** The known versions of what these actors took back, by the holders they were recorded with. */
  disownings(actors: readonly number[], knownAt: number): Promise<StatementRow[]>;
  /** The known versions that match: by position, or by history and position under a holder or a proposition. */
  statements(page: StatementsPage): Promise<StatementRow[]>;
  /** The known versions of these statements, in no order. */
  knownStatements(ids: readonly string[], knownAt: number): Promise<StatementRow[]>;
  /** Every version of one statement made up to `knownAt`, in order. */
  statementVersions(id: string, knownAt: number): Promise<StatementRow[]>;
  /** The versions of statements made by a part of the log, known still or not, in order of position. */
  versionsMade(range: LogRange): Promise<StatementRow[]>;
  /** The retractions of statements in a part of the log, in order of position. */
  retractionsMade(range: LogRange): Promise<StatementRetractionRow[]>;
  /** Every version of these statements, those of each in order. */
  versionsOf(ids: readonly string[]): Promise<StatementRow[]>;
  /** The retraction of a statement, where there was one by then. */
  retraction(id: string, knownAt: number): Promise<RetractionRow | null>;
  /** The position of each statement's first event. */
  firstPositions(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** What stands for these statements since then, by the id of the replaced one. */
  replacements(ids: readonly string[], knownAt: number): Promise<ReadonlyMap<string, readonly string[]>>;

  /** A page of the current set of changes. */
  changes(page: ChangesPage): Promise<ChangesFound>;
}

/**
 * The reading side of the read model. Every adapter passes the contract suite
 * (`@stance/read-model/contract-suite`).
 */
export interface ReadModel {
  /**
   * Runs `work` over one consistent snapshot. It must await nothing but the snapshot's own calls: others wait for it.
   *
   * @throws ReadModelError `read-model-missing`, `read-model-foreign-file`, `read-model-outdated`, `read-model-corrupt`,
   *   `read-model-unavailable` or `read-model-busy` (these two are retryable), or `read-model-closed`.
   */
  read<Result>(work: (snapshot: Snapshot) => Promise<Result>): Promise<Result>;

  /**
   * Runs `work`, whose reads belong together: where opening one costs the store something they share one snapshot, else each
   * has its own. What must see what comes in meanwhile does not belong into it.
   */
  together<Result>(work: () => Promise<Result>): Promise<Result>;

  /**
   * Resolves once the reads under way are done and everything is released; later ones fail with `read-model-closed`.
   *
   * @throws ReadModelError where releasing it failed.
   */
  close(): Promise<void>;
}
