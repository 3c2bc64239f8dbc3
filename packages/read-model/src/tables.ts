/**
 * The tables of the read model, once: their columns, keys and indexes. The DDL, the writer's statements and the types
 * of the queries all come from here, so that a second database needs no second description.
 *
 * Actors and propositions have small numbers, given in the order in which the log first names them. A history is one
 * number made of both (`historyKey`), so that a history is found by its primary key, and a holder's histories are a
 * range of it.
 */

/** The shape and meaning of the rows: who changes either raises it, so that what was made before is refused until it is rebuilt. */
export const schemaVersion = 8;

/** Room for 2^26 actors and 2^27 propositions in the 53 bits that a JavaScript number holds exactly. */
const propositionsPerHolder = 2 ** 27;

/** The number of the history of a holder on a proposition. */
export const historyKey = (holderNo: number, propositionNo: number): number =>
  holderNo * propositionsPerHolder + propositionNo;
export const holderOf = (history: number): number => Math.floor(history / propositionsPerHolder);
export const propositionOf = (history: number): number => history % propositionsPerHolder;

/** The number of the change of a track that a statement opened, by the position of that statement's first event. */
export const changeNo = (opened: number, track: number): number => opened * 2 + track;

export type ColumnType = 'integer' | 'text';

export interface TableIndex {
  readonly on: readonly string[];
  readonly unique?: true;
  /** Only rows for which this holds stand in it. */
  readonly where?: string;
}

export interface Table {
  readonly columns: Readonly<Record<string, ColumnType | `${ColumnType}?`>>;
  /** One integer column is the row's own key on SQLite. */
  readonly primaryKey: readonly string[];
  readonly indexes: Readonly<Record<string, TableIndex>>;
}

/** Known from the event at `position` until (not including) `knownTo`, `null` where it is still known. */
export const tables = {
  /** A row once an event names the actor; its versions and names below. */
  actors: {
    columns: { no: 'integer', id: 'text' },
    primaryKey: ['no'],
    indexes: { actors_id: { on: ['id'], unique: true } },
  },
  /**
   * An event that adds an alias makes a version too. `body` is JSON: `{name, kind?, aliases, added, identifiers?,
   * description?}`; `added` are the aliases added one by one, which a revision keeps.
   */
  actor_versions: {
    columns: {
      position: 'integer',
      actor: 'integer',
      revision: 'integer',
      known_to: 'integer?',
      name: 'text',
      kind: 'text?',
      body: 'text',
    },
    primaryKey: ['position'],
    indexes: { actor_versions_actor: { on: ['actor', 'position'] } },
  },
  /** Every name and alias of an actor, one row each and known-interval; `at` counts them within one event. */
  actor_names: {
    columns: {
      position: 'integer',
      at: 'integer',
      actor: 'integer',
      known_to: 'integer?',
      name: 'text',
      valid_from: 'text?',
      valid_to: 'text?',
      evidence: 'text?',
    },
    primaryKey: ['position', 'at'],
    indexes: { actor_names_actor: { on: ['actor', 'position'] } },
  },
  propositions: {
    columns: { no: 'integer', id: 'text' },
    primaryKey: ['no'],
    indexes: { propositions_id: { on: ['id'], unique: true } },
  },
  /** `body` is JSON: `{text, topics, language?, reason?}`; a revision that names no topics or language keeps them. */
  proposition_versions: {
    columns: {
      position: 'integer',
      proposition: 'integer',
      revision: 'integer',
      known_to: 'integer?',
      text: 'text',
      body: 'text',
    },
    primaryKey: ['position'],
    indexes: { proposition_versions_proposition: { on: ['proposition', 'position'] } },
  },
  /** The topics of every version of a proposition, one row each. */
  proposition_topics: {
    columns: { position: 'integer', topic: 'text', proposition: 'integer', known_to: 'integer?' },
    primaryKey: ['position', 'topic'],
    indexes: { proposition_topics_topic: { on: ['topic', 'proposition'] } },
  },
  /** Who answers as whom, as it was asked for; `known_to` is set when it is taken back. They are few. */
  merges: {
    columns: { position: 'integer', actor: 'integer', into_actor: 'integer', known_to: 'integer?', reason: 'text?' },
    primaryKey: ['position'],
    indexes: { merges_actor: { on: ['actor', 'position'] } },
  },
  /** Who belongs to what; `known_to` is set by the membership that replaces it (same actor, group, role and `valid_from`). */
  memberships: {
    columns: {
      position: 'integer',
      actor: 'integer',
      group_no: 'integer',
      role: 'text?',
      valid_from: 'text?',
      valid_to: 'text?',
      on_behalf_of: 'integer?',
      known_to: 'integer?',
    },
    primaryKey: ['position'],
    indexes: {
      memberships_actor: { on: ['actor', 'position'] },
      memberships_group: { on: ['group_no', 'position'] },
    },
  },
  /** Which proposition is related to which; of a contradiction either of the two may stand first. */
  relations: {
    columns: { position: 'integer', proposition: 'integer', type: 'text', related: 'integer', known_to: 'integer?' },
    primaryKey: ['position'],
    indexes: {
      relations_proposition: { on: ['proposition', 'position'] },
      relations_related: { on: ['related', 'position'] },
    },
  },
  /** Every version of every topic; `body` is JSON: `{aliases}`. */
  topics: {
    columns: {
      position: 'integer',
      id: 'text',
      name: 'text',
      parent: 'text?',
      known_to: 'integer?',
      body: 'text',
    },
    primaryKey: ['position'],
    indexes: { topics_id: { on: ['id', 'position'] } },
  },
  /** Streams that are about many things: the last revision applied, which no other row tells. */
  applied_streams: {
    columns: { stream: 'text', revision: 'integer' },
    primaryKey: ['stream'],
    indexes: {},
  },
  /** For search: the words of every name (`kind` a) and wording (`kind` p), folded to lower case without accents. */
  search_words: {
    columns: { kind: 'text', word: 'text', no: 'integer' },
    primaryKey: ['kind', 'word', 'no'],
    indexes: {},
  },
  /**
   * Every version of every statement; `position` is that of the event that made it, `body` its content as JSON.
   * `known_to` is also set by the retraction and by the statement that replaces it; `ended_by` says by which
   * (`corrected`, `retracted`, `replaced`); where a version was replaced before it was recorded, `known_to` is its own
   * `position`: it was never known. `reason` is that of the correction which made the version.
   */
  statements: {
    columns: {
      position: 'integer',
      id: 'text',
      revision: 'integer',
      history: 'integer',
      recorded_at: 'integer',
      known_to: 'integer?',
      ended_by: 'text?',
      said_from: 'integer?',
      said_to: 'integer',
      reason: 'text?',
      body: 'text',
    },
    primaryKey: ['position'],
    indexes: {
      statements_id: { on: ['id', 'revision'], unique: true },
      statements_history: { on: ['history', 'position'] },
    },
  },
  /** The retraction of a statement, which makes no version: its place in the log and in the statement's stream, and why. */
  retractions: {
    columns: { position: 'integer', id: 'text', revision: 'integer', recorded_at: 'integer', reason: 'text' },
    primaryKey: ['position'],
    indexes: { retractions_id: { on: ['id'] } },
  },
  /** Which statement is replaced by which: known whichever of the two comes first. `position` is the replacing event's. */
  replacements: {
    columns: { replaced: 'text', replaced_by: 'text', position: 'integer' },
    primaryKey: ['replaced', 'replaced_by'],
    indexes: {},
  },
  /**
   * The versions of statements, known now, that point at another stance: from the history they were recorded in to the
   * one they point at. `said_to` is the last day on which it may have been said.
   */
  pointers: {
    columns: { position: 'integer', history: 'integer', target: 'integer', said_to: 'integer' },
    primaryKey: ['position'],
    indexes: {},
  },
  /** Which versions of statements take something back, by the holder they were recorded with. */
  disownings: {
    columns: { position: 'integer', actor: 'integer' },
    primaryKey: ['position'],
    indexes: { disownings_actor: { on: ['actor', 'position'] } },
  },
  /** Who ever spoke in which history for another holder. */
  voices: {
    columns: { actor: 'integer', history: 'integer' },
    primaryKey: ['actor', 'history'],
    indexes: {},
  },
  /**
   * One row a history: which events touched it first and last, and the fold's bounded tail as JSON, from which the next
   * statement goes on. `failure` is the message of a fold that failed: the history has no changes then, and is incomplete.
   *
   * A survivor of merges has a row wherever one of those that answer as it has one. Their tails are empty, as are those of
   * whoever is merged away. `no` is the first position, so that rows come in the order of their keys, or, for a history that
   * began by a merge and may share its position with others, the negative of its number.
   */
  histories: {
    columns: {
      no: 'integer',
      history: 'integer',
      proposition: 'integer',
      first_position: 'integer',
      last_position: 'integer',
      failure: 'text?',
      tail: 'text',
    },
    primaryKey: ['no'],
    indexes: {
      histories_history: { on: ['history'], unique: true },
      histories_proposition: { on: ['proposition', 'history'] },
      histories_last_position: { on: ['last_position'] },
    },
  },
  /**
   * The current set of changes; `body` is the domain's `StanceChange` as JSON. `opened` is the position of the opening
   * statement's first event; `track` 0 direction, 1 strength; `no` is made of both (`changeNo`). So rows come in the order
   * of their keys, as those of histories do: rows that come in between others cost much more.
   */
  changes: {
    columns: {
      no: 'integer',
      history: 'integer',
      track: 'integer',
      opened: 'integer',
      day: 'integer',
      kind: 'text',
      status: 'text',
      body: 'text',
    },
    primaryKey: ['no'],
    indexes: {
      // With the day, so that the newest of a holder are found without a look at each.
      changes_history: { on: ['history', 'track', 'opened', 'day'] },
      changes_day: { on: ['day', 'history', 'track', 'opened'] },
      // Most changes of large imports are first ones: who looks for others finds them here.
      changes_later: { on: ['day', 'history', 'track', 'opened'], where: "kind <> 'first'" },
      changes_unconfirmed: { on: ['day', 'history', 'track', 'opened'], where: "status <> 'confirmed'" },
    },
  },
  /** The last position at each stamp: what turns an instant into a position. */
  recorded: {
    columns: { recorded_at: 'integer', position: 'integer' },
    primaryKey: ['recorded_at'],
    indexes: {},
  },
  /**
   * Streams that hold an event nobody could handle, and their later events. `replaces` is the statement that one of them
   * would have replaced: its history is incomplete as well, whichever of the two came first. `actors` are the ids, as a JSON
   * array, of those whom it would have merged or set apart: all their histories are. `data` is the payload as it was stored,
   * `detail` where in the program it failed, where that is known: it is no part of a comparison.
   */
  parked: {
    columns: {
      position: 'integer',
      stream: 'text',
      revision: 'integer',
      type: 'text',
      history: 'integer?',
      code: 'text',
      message: 'text',
      recorded_at: 'integer',
      replaces: 'text?',
      actors: 'text?',
      event_id: 'text',
      schema_version: 'integer',
      data: 'text',
      detail: 'text?',
    },
    primaryKey: ['position'],
    indexes: {
      parked_stream: { on: ['stream', 'revision'] },
      parked_history: { on: ['history'] },
      parked_replaces: { on: ['replaces'], where: 'replaces IS NOT NULL' },
      parked_actors: { on: ['position'], where: 'actors IS NOT NULL' },
    },
  },
  /**
   * Events that count for nothing, by an operator's word in the event at `skipped_at`; `whole_stream` (0 or 1): and with them
   * all of their streams. `history` is the one that such an event would have touched, and began.
   */
  skipped: {
    columns: {
      position: 'integer',
      stream: 'text',
      revision: 'integer',
      history: 'integer?',
      event_id: 'text',
      whole_stream: 'integer',
      skipped_at: 'integer',
      reason: 'text',
    },
    primaryKey: ['position'],
    indexes: { skipped_history: { on: ['history'] } },
  },
  /** One row: how far the projection has come (compared and set in the transaction that writes the rows), and what made it. */
  checkpoint: {
    columns: {
      name: 'text',
      position: 'integer',
      recorded_at: 'integer',
      generation: 'text',
      method: 'text',
      method_version: 'integer',
      event_id: 'text?',
      event_stream: 'text?',
      event_revision: 'integer?',
    },
    primaryKey: ['name'],
    indexes: {},
  },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;
