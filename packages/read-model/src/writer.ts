import type { TableName } from './tables.ts';

/** One row, its values in the order of the table's columns. */
export type Row = readonly (string | number | null)[];
export type TableRows = { readonly [Table in TableName]?: readonly Row[] };

/** How far the projection has come, and what made the read model. */
export interface Checkpoint {
  readonly position: number;
  /** The stamp of the event at `position`, in milliseconds since the epoch; 0 at position 0. */
  readonly recordedAt: number;
  /** A random id, minted when the read model was made: another one after every rebuild, and where parked events were retried. */
  readonly generation: string;
  readonly method: string;
  readonly methodVersion: number;
}

/** What tells an event apart in any log, and finds it there whatever the positions are made of. */
export interface EventName {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
}

/** A change of some columns of rows that exist: each row holds the new values, then the primary key. */
export interface ColumnUpdate {
  readonly table: TableName;
  readonly set: readonly string[];
  readonly rows: readonly Row[];
}

/** Everything that one batch of events changes. Applied in the order of the fields here. */
export interface WriteBatch {
  /** The position that the checkpoint must be at. */
  readonly after: number;
  /** The position and stamp that it is at afterwards. */
  readonly position: number;
  readonly recordedAt: number;
  /** The last event up to `position`; where it is left out there is none since `after`, and the one before stays. */
  readonly lastEvent?: EventName;
  /** Another generation, where what was said of positions passed before is not so any more. */
  readonly generation?: string;
  /** Primary keys of rows that go; it is no error if they are not there. */
  readonly remove: TableRows;
  readonly update: readonly ColumnUpdate[];
  /** Rows that may be there already: then they stay as they are. */
  readonly add: TableRows;
  /** Rows that take the place of the one with their primary key, if there is one. */
  readonly put: TableRows;
  /** Rows that are not there yet. */
  readonly insert: TableRows;
}

export interface ActorState {
  readonly no: number;
  /** The last version; `null` where the actor was only named. */
  readonly version: {
    readonly position: number;
    readonly revision: number;
    readonly body: string;
  } | null;
}

export interface PropositionState {
  readonly no: number;
  readonly version: { readonly position: number; readonly revision: number; readonly body: string } | null;
}

export interface MergeState {
  readonly position: number;
  readonly actor: number;
  readonly into: number;
  /** The same two by their ids. */
  readonly ids: { readonly actor: string; readonly into: string };
}

/** A statement known now that points at another stance: an endorsement or a rejection. */
export interface Pointer {
  /** Of the version of the statement. */
  readonly position: number;
  /** The history that it was recorded in, and the one that it points at: by the holders that they came with. */
  readonly history: number;
  readonly target: number;
  /** The last day on which it may have been said. */
  readonly saidTo: number;
}

/** A merge that holds, or held until (not including) `knownTo`. */
export interface MergeSpan {
  readonly position: number;
  readonly actor: number;
  readonly into: number;
  readonly knownTo: number | null;
}

/** An event that is parked. */
export interface ParkedState {
  readonly position: number;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly history: number | null;
  readonly recordedAt: number;
}

/** The last event of a stream that counts for nothing; `wholeStream`: and so does all of the stream. */
export interface SkipState {
  readonly stream: string;
  readonly revision: number;
  readonly wholeStream: boolean;
}

/** Of a statement: what its versions' known-intervals follow from, and what they are. */
export interface StatementSpans {
  readonly versions: readonly {
    readonly position: number;
    readonly knownTo: number | null;
    readonly endedBy: string | null;
  }[];
  readonly retractedAt: number | null;
  /** The position of the first event that replaced it. */
  readonly replacedAt: number | null;
}

export interface MembershipState {
  readonly position: number;
  readonly actor: number;
  readonly group: number;
  readonly role: string | null;
  readonly validFrom: string | null;
}

export interface StatementState {
  /** Where its first version stands in the log. */
  readonly firstPosition: number;
  /** Where its last version does. */
  readonly position: number;
  /** Of the last event of its stream that was applied, a retraction included. */
  readonly revision: number;
  readonly history: number;
  /** Whether the last version is still known. */
  readonly known: boolean;
  readonly retracted: boolean;
}

export interface HistoryState {
  readonly no: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly tail: string;
  readonly failure: string | null;
}

/** Whose stance on what. */
export interface HistoryIds {
  readonly holder: string;
  readonly proposition: string;
}

/** A version of a statement that is known now. */
export interface KnownVersion {
  readonly id: string;
  readonly position: number;
  readonly firstPosition: number;
  readonly recordedAt: number;
  readonly body: string;
}

export interface ChangeRow {
  readonly history: number;
  readonly track: number;
  readonly opened: number;
  readonly day: number;
  readonly kind: string;
  readonly status: string;
  readonly body: string;
}

/**
 * What the projection needs of a read model: to look up the rows that the next events rest on, and to write what they
 * change. There is one writer at a time; a second one is found out by the checkpoint, and then nothing is written.
 *
 * All calls throw `ReadModelError`: `read-model-busy`, `read-model-full` and `read-model-unavailable` are retryable and
 * mean that nothing was written, but for a database elsewhere that was cut off while it wrote: whether it did, the
 * checkpoint says. `read-model-closed`, `read-model-corrupt` and `read-model-read-only` are not retryable.
 */
export interface ReadModelWriter {
  checkpoint(): Promise<Checkpoint>;
  /** The last event that was passed; `null` where there was none. */
  lastEvent(): Promise<EventName | null>;
  /** The highest numbers given so far; 0 where there is none. */
  numbers(): Promise<{ readonly actors: number; readonly propositions: number }>;
  /** The streams that have a parked event. */
  parkedStreams(): Promise<string[]>;
  /** The parked events of a stream, in order. */
  parkedEvents(stream: string): Promise<ParkedState[]>;
  /** What counts for nothing, by stream. */
  skips(): Promise<SkipState[]>;

  /** The last revision applied of a stream that is about many things; -1 where there is none. */
  appliedRevision(stream: string): Promise<number>;
  /** The merges that hold now. */
  merges(): Promise<MergeState[]>;
  /** All merges there ever were, in order. */
  mergeSpans(): Promise<MergeSpan[]>;
  /** The memberships of these actors that are known now. */
  memberships(actors: readonly number[]): Promise<MembershipState[]>;
  /** The positions of the versions of these topics that are known now, by id. */
  topics(ids: readonly string[]): Promise<Map<string, number>>;

  /** What is known under these ids; those that nobody named are left out. The same of the two calls below. */
  actors(ids: readonly string[]): Promise<Map<string, ActorState>>;
  propositions(ids: readonly string[]): Promise<Map<string, PropositionState>>;
  statements(ids: readonly string[]): Promise<Map<string, StatementState>>;
  /** Those of these statement ids that another statement replaces. */
  replaced(ids: readonly string[]): Promise<Set<string>>;
  histories(keys: readonly number[]): Promise<Map<number, HistoryState>>;
  /** Of all these statements; those that nobody made have no versions. */
  statementSpans(ids: readonly string[]): Promise<Map<string, StatementSpans>>;
  /** The first events, parked and skipped ones included, of what these actors said, by the numbers of the histories. */
  beginnings(actors: readonly number[]): Promise<Map<number, number>>;
  /** The numbers of all histories that these actors came with, those of survivors included. */
  historiesOf(actors: readonly number[]): Promise<number[]>;
  /** The numbers of all histories about a proposition. */
  historiesAbout(proposition: number): Promise<number[]>;
  /** The ids that these numbers of histories are made of. */
  historyNames(keys: readonly number[]): Promise<Map<number, HistoryIds>>;
  /** The numbers of the histories in which these actors spoke for others. */
  spokenIn(actors: readonly number[]): Promise<number[]>;
  /** All pointers. */
  pointers(): Promise<Pointer[]>;
  /** The actors that ever took something back. */
  disowners(): Promise<number[]>;
  /** The versions, known now, of what these actors took back. */
  disownings(actors: readonly number[]): Promise<KnownVersion[]>;
  /** The primary keys of the names of an actor that are known now. */
  knownNames(actor: number): Promise<readonly { readonly position: number; readonly at: number }[]>;
  /** The versions of a history's statements that are known now, in the order recorded. */
  knownVersions(history: number): Promise<KnownVersion[]>;
  changes(history: number): Promise<ChangeRow[]>;
  /** The numbers of the histories that hold no tail to go on from, and of those of which nothing but changes is left. */
  unfolded(): Promise<number[]>;

  /**
   * Writes the batch and the new checkpoint, all or nothing. Where a database elsewhere was cut off after it was told to
   * commit, the error does not say which of the two: the checkpoint does, once the database has settled it. Until then a
   * commit after the same checkpoint waits, and is then a conflict.
   *
   * @throws ReadModelError `checkpoint-conflict` where the checkpoint is not at `after`: somebody else writes too.
   */
  commit(batch: WriteBatch): Promise<void>;

  /** Releases everything. Later calls fail with `read-model-closed`. */
  close(): Promise<void>;
}

/** A writer as the projection takes one. */
export interface ProjectionWriter extends ReadModelWriter {
  /**
   * Commits a batch where that is work for somebody else: resolves once nothing is left to do here, so that there is time to
   * make the next batch meanwhile. What `commit` throws may come before or after that.
   */
  handOver?(batch: WriteBatch): Promise<{ readonly done: Promise<void> }>;
  /**
   * After very much was written: has the database look at what there is by now, where its plans of queries depend on that and
   * it would do so only later. Never fails: then it is later.
   */
  analyze?(): Promise<void>;
}
