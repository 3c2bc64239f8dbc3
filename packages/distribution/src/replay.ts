import type { DistributionWriter } from './distribution.ts';

/** Which events of the log are told again. */
export interface ReplayOf {
  /** After this position, and up to that one. */
  readonly after: number;
  readonly upTo: number;
  /** Of these types, of this holder, about this proposition; `null`: of all. */
  readonly types: readonly string[] | null;
  readonly holder: string | null;
  readonly proposition: string | null;
}

/** A topic of its own in which history is told once more. */
export interface Replay {
  readonly topic: string;
  /** Up to where all of it stands there already: it was begun before. */
  readonly passed: number;
  /** How many events that is. */
  readonly count: number;
  /** Each of what it writes is marked with the id of the replay. */
  readonly writer: DistributionWriter;
}

/** History told again to one consumer, apart from the live topics. All calls throw DistributionError. */
export interface Replays {
  /** The ids of those whose topics are there. */
  list(): Promise<readonly string[]>;
  /**
   * Makes the topic where it is missing, and finds how far it is where it is not.
   *
   * @throws DistributionError `distribution-misconfigured` where the topic holds something else than this.
   */
  open(id: string, of: ReplayOf): Promise<Replay>;
  /** Up to where a replay that was begun is to tell; `null` where there is none. */
  target(id: string): Promise<number | null>;
  /** Deletes the topic. @throws DistributionError `distribution-topic-missing` where there is none. */
  remove(id: string): Promise<void>;
}

/** Where a consumer group stood in a partition, and where it stands now; `null`: nowhere. */
export interface MovedOffset {
  readonly partition: number;
  readonly before: string | null;
  readonly after: string;
}
