/**
 * What a version of the read model is for: `building` while it is filled from the log, `catching-up` while it follows what
 * came in meanwhile, `ready` where it could serve, `active` while it serves, `retired` once another one does.
 */
export type VersionState = 'building' | 'catching-up' | 'ready' | 'active' | 'retired';

/** Why a version that is being made stands still, until somebody resumes or drops it. */
export interface VersionHalt {
  /** `cancelled`, or the code of what stopped it, such as `poison-event`. */
  readonly code: string;
  readonly message: string;
}

/** A version of the read model, as the catalogue knows it. How far it is stands in its own checkpoint. */
export interface ReadModelVersion {
  /** From 1 on; none is given twice. */
  readonly version: number;
  readonly state: VersionState;
  /** Counts the changes of this entry: a change is made only to the entry that whoever makes it has seen. */
  readonly revision: number;
  readonly halt: VersionHalt | null;
  /** Of the layout of its tables and the method that its changes are made by, in hexadecimal. */
  readonly hash: string;
  /** The version of the layout of its tables. */
  readonly layout: number;
  /** The method, whole, as JSON: whoever projects into this version does it by this one. */
  readonly method: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly changedAt: number;
}

export type NewVersion = Pick<ReadModelVersion, 'hash' | 'layout' | 'method'>;

/** Which entry, in which revision of it. */
export type SeenVersion = Pick<ReadModelVersion, 'version' | 'revision'>;

/**
 * Which versions of the read model there are, and which one serves: kept apart from all of them. Whoever changes it says what
 * he has seen, and is refused where that is so no more.
 *
 * Each call throws ReadModelError: `version-conflict` where another one was quicker, `version-unknown`, `version-refused` where
 * the state does not allow it, `rebuild-under-way`, or as the adapter says.
 */
export interface VersionCatalogue {
  /** In order of their numbers. */
  list(): Promise<readonly ReadModelVersion[]>;
  /** The one that serves; `null` before there is any. */
  active(): Promise<ReadModelVersion | null>;
  /** Adds one, `building`, or `active` where it is the first of all. @throws `rebuild-under-way` where one is being made: one at a time. */
  begin(version: NewVersion): Promise<ReadModelVersion>;
  /** From `building` to `catching-up` to `ready`; from `ready` or `retired` back to `catching-up`. */
  move(seen: SeenVersion, to: Extract<VersionState, 'catching-up' | 'ready'>): Promise<ReadModelVersion>;
  /** Notes why one that is being made stands still, or that it goes on again. */
  halt(seen: SeenVersion, halt: VersionHalt | null): Promise<ReadModelVersion>;
  /** In one step: a `ready` one becomes `active`, and the active one `retired`. */
  activate(next: SeenVersion, current: SeenVersion): Promise<void>;
  /** Takes the entry of one that does not serve away. Its rows are removed before that. */
  drop(seen: SeenVersion): Promise<void>;
  close(): Promise<void>;
}
