/** That an actor answers as another one. */
export interface MergeRow {
  readonly position: number;
  readonly actor: number;
  /** As it was asked for: that one may itself be merged into another. */
  readonly into: number;
  readonly reason: string | null;
}

/** That an actor belongs to a group; dates as given (EDTF). */
export interface MembershipRow {
  readonly position: number;
  readonly actor: number;
  readonly group: number;
  readonly role: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly onBehalfOf: number | null;
}

/** That a proposition is related to another one: `entails`, `contradicts` or `narrows` it. */
export interface RelationRow {
  readonly position: number;
  readonly proposition: number;
  readonly type: string;
  readonly related: number;
}

export interface RelationsReached {
  readonly propositions: readonly number[];
  readonly knownAt: number;
  /** So many propositions are gone to. */
  readonly most: number;
}

/** What is said of a topic; `body` is JSON, as described with the tables. */
export interface TopicRow {
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly body: string;
}

/** Whose memberships: those of one of the actors, and those in one of the groups, by number. */
export interface MembershipsWanted {
  readonly actors?: readonly number[];
  readonly groups?: readonly number[];
}
