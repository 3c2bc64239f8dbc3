/** One version of an actor; `body` is JSON, as described with the tables. */
export interface ActorVersionRow {
  readonly position: number;
  readonly revision: number;
  /** The event that replaced it by then; `null` where it is the known one. */
  readonly knownTo: number | null;
  readonly name: string;
  readonly kind: string | null;
  readonly body: string;
}

export interface ActorRow extends ActorVersionRow {
  readonly no: number;
  readonly id: string;
}

/** One wording of a proposition; `body` is JSON, as described with the tables. */
export interface PropositionVersionRow {
  readonly position: number;
  readonly revision: number;
  readonly knownTo: number | null;
  readonly text: string;
  readonly body: string;
}

export interface PropositionRow extends PropositionVersionRow {
  readonly no: number;
  readonly id: string;
}

/** A name or an alias of an actor, and when it was in use (EDTF). */
export interface NameRow {
  readonly actor: number;
  readonly name: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Where it is attested. */
  readonly evidence: string | null;
}

export interface SearchPage {
  readonly knownAt: number;
  /** Beginnings of words, as `wordsOf` folds them; one name must have them all. Empty: everything is listed. */
  readonly words: readonly string[];
  /** The number that the page before ended with; 0 for the first. */
  readonly after: number;
  readonly limit: number;
}

export interface ActorsPage extends SearchPage {
  /** Only names count that may have been in use on this day; `null` where it does not matter. */
  readonly day: number | null;
}

export interface PropositionsPage extends SearchPage {
  /** Only propositions under one of these; `null` where it does not matter. */
  readonly topics: readonly string[] | null;
}

/** Where the versions of a proposition stand in the log. */
export interface WordingRow {
  readonly proposition: number;
  readonly position: number;
  readonly revision: number;
}
