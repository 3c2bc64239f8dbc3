import type { ProjectionStatus } from '@stance/contracts';
import type { Method } from '@stance/domain';
import type { ReadModel } from '@stance/read-model';
import type { Logger } from 'pino';

import type { FollowingClock } from './following/clock.ts';
import type { FollowedFeed } from './following/published-changes.ts';

/** How far the projection has come, against the log. */
export interface Progress {
  /** The position of the last durable event of the log. */
  head(): number | Promise<number>;
  /** Where the log ended when the service started: before the projection is there, it would answer of long ago. */
  readonly headAtStart: number;
  /** What no other log has; `null` as long as it is empty. */
  logId(): Promise<string | null>;
  /** The position that the projection has passed. */
  position(): number;
  /**
   * A position after which nothing stands, or ever will, that was recorded at an instant (ms since the epoch) or before;
   * `null` where something still can be.
   */
  headAt(instant: number): Promise<number | null>;
  /**
   * Whether the projection has passed the position, at once or within the time.
   *
   * @throws the signal's reason once that is aborted.
   */
  whenPassed(position: number, options: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<boolean>;
}

/** What the change feed knows of a change that was published. */
export interface ChangeRecord {
  /** When it was first published, in milliseconds since the epoch. */
  readonly detectedAt: number;
  /** How often it was published. */
  readonly revision: number;
}

/** A change, and whose it is. */
export interface ChangeName {
  readonly holder: string;
  readonly proposition: string;
  readonly changeId: string;
}

export interface PublishedChanges {
  /** The records of these changes by their ids; those never published are left out. */
  changeRecords(
    changes: readonly ChangeName[],
  ): ReadonlyMap<string, ChangeRecord> | Promise<ReadonlyMap<string, ChangeRecord>>;
}

export interface QueryOptions {
  readonly readModel: ReadModel;
  readonly feed: PublishedChanges & FollowedFeed;
  readonly progress: Progress;
  /** The methods that can be asked for. The first is the one that the projection works with. */
  readonly methods: readonly [Method, ...Method[]];
  readonly projections: () => readonly ProjectionStatus[] | Promise<readonly ProjectionStatus[]>;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly logger: Logger;
  /**
   * Calls a listener whenever the projection has passed more, or more was published; returns what ends that. Where it is
   * left out, that is looked for as long as somebody follows.
   */
  readonly onNews?: (listener: () => void) => () => void;
  /** How often somebody who follows is shown that the connection is alive, in milliseconds. */
  readonly heartbeatMs?: number;
  readonly streamClock?: FollowingClock;
  /** How long a read waits for the projection before it answers `not-caught-up`. */
  readonly waitMs?: number;
  /** How many statements the folds that are kept for further reads may have in all. */
  readonly keptStatements?: number;
  /** Of how many histories, and changes, a list of changes by another method than the first may be made. */
  readonly mostFolded?: number;
}
