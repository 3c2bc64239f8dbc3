import type { StoredEvent } from '@stance/event-store';

import type { DistributionErrorCode } from './errors.ts';

/**
 * An event of the log with what links it to the one before: positions may be byte offsets, so that only by the link is it
 * known that nothing is missing between two events.
 */
export interface LinkedEvent {
  readonly event: StoredEvent;
  /** The position of the event before it in the log; 0 before the first. */
  readonly previous: number;
  /** How many events the log has up to this one, itself included. */
  readonly count: number;
}

/**
 * Says that of the events of the log up to a position those of this partition stand in it, in front of this. What has come
 * by way of every partition past a place has no more to come there.
 */
export interface Watermark {
  readonly position: number;
  /** How many events the log has up to there. */
  readonly count: number;
  /** The highest `recordedAt` up to there, in milliseconds since the epoch; 0 at position 0. */
  readonly recordedAt: number;
}

/**
 * Where the relay puts the log. Events of one key go to one partition, in the order sent. The key of a statement's events is
 * their holder, of others their stream.
 */
export interface DistributionWriter {
  /**
   * Resolves once the events, and behind them in every partition the watermark, are durable. One call at a time.
   *
   * @param events in the order of the log; may be empty: then only the watermark goes out.
   * @throws DistributionError `distribution-unavailable` (retryable: some of it may have gone out; send the same again),
   *   `distribution-denied`, `distribution-topic-missing`, `distribution-closed`.
   */
  send(events: readonly LinkedEvent[], watermark: Watermark): Promise<void>;
  /** Waits for the call under way, at most for the writer's own deadline, and releases everything. */
  close(): Promise<void>;
}

/** What stands in a partition. */
export type DistributedRecord =
  | { readonly kind: 'event'; readonly linked: LinkedEvent }
  | { readonly kind: 'watermark'; readonly watermark: Watermark }
  /** What is none of ours, or was damaged. It is told, so that it is counted: what it may have been comes from the store. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What a member of the group is told, in order. */
export interface MemberListener {
  /**
   * This member is the active one from now on: what follows are the records of all partitions. `partitions` counts them.
   * Called again for every new assignment: what was taken in before is to be forgotten.
   */
  onActive(assignment: { readonly generation: number; readonly partitions: number }): void;
  /** Another member is, or nobody: what this one does from now on is in vain. */
  onStandby(): void;
  /**
   * Records of one partition in their order there, `offset` being that of the first. Never waits: who has enough of a
   * partition says so by returning `false`, and gets no more of it, a few records under way apart, until `resume`.
   */
  onRecords(batch: {
    readonly partition: number;
    readonly offset: bigint;
    readonly records: readonly DistributedRecord[];
  }): boolean;
  /** It goes on by itself after this; `fault` says what it tries again. `null`: it is well again. */
  onFault(fault: { readonly code: DistributionErrorCode; readonly message: string } | null): void;
}

/**
 * One of the members of a consumer group, of which one is active and gets all partitions; the others stand by and take over
 * when it leaves, dies or is cut off.
 */
export interface Member {
  resume(partition: number): void;
  /**
   * Says that what stands in a partition before an offset is not needed again. A hint that spares reading at the next
   * assignment; that it is lost, or goes back, does no harm.
   */
  handled(partition: number, offset: bigint): void;
  /** Leaves the group and releases everything. */
  close(): Promise<void>;
}

/** Joins a group. */
export type JoinGroup = (listener: MemberListener) => Promise<Member>;
