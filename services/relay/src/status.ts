import { createPositionWaiters } from '@stance/event-store';
import type { WaitOptions } from '@stance/event-store';
import type { RelayCheckpoint } from '@stance/relay-state';

import type { RelayClock } from './clock.ts';
import type { RelayFault } from './persistence.ts';

/** `standing-by`: another relay has the lease. `waiting`: it has to try again what failed; `fault` says what. */
export type RelayActivity = 'standing-by' | 'relaying' | 'waiting' | 'stopped';

export interface RelayStatus {
  readonly state: RelayActivity;
  /** The epoch of its lease; `null` where it has none. */
  readonly epoch: number | null;
  /** What it has last sent and stored, and how many events the log has up to there. */
  readonly position: number;
  readonly count: number;
  /** The last position of the log that it has heard of. */
  readonly head: number;
  /** `null` where it has no lease, or where the positions of the log count nothing. */
  readonly lagEvents: number | null;
  /** How old, at most, the first event is that is still to be sent; 0 where there is none. `null` where it has no lease. */
  readonly lagSeconds: number | null;
  /** How many sends with events went well, and how often one was tried again. */
  readonly batches: number;
  readonly resends: number;
  readonly fault: RelayFault | null;
}

/** What was sent and stored. */
export type Sent = Pick<RelayCheckpoint, 'position' | 'count' | 'recordedAt'>;

/** How far the relay has come. */
export interface Progress {
  head(): number;
  leased(epoch: number, checkpoint: Sent): void;
  lostLease(): void;
  headAt(position: number): void;
  moved(checkpoint: Sent): void;
  /** It begins anew, with something else: what it knew of the head is void. */
  beganAnew(): void;
  sentBatch(): void;
  resent(): void;
  stopped(): void;
  /** Resolves once what was sent has passed a position. */
  whenPassed(position: number, options?: WaitOptions): Promise<void>;
  status(fault: RelayFault | null): RelayStatus;
}

export const createProgress = (clock: RelayClock): Progress => {
  let epoch: number | null = null;
  let sent: Sent = { position: 0, count: 0, recordedAt: 0 };
  let head = 0;
  /** Since when there has been something to send, in monotonic time; `null` where there is nothing. */
  let behindSince: number | null = null;
  let batches = 0;
  let resends = 0;
  let isStopped = false;
  const waiters = createPositionWaiters({ who: 'the relay' });

  const compare = (): void => {
    if (head <= sent.position) behindSince = null;
    else behindSince ??= clock.monotonic();
  };

  const lagEvents = (): number | null => {
    if (head <= sent.position) return 0;
    // Where there have been as many events as the last of them has for its position, positions count them.
    return sent.position > 0 && sent.position === sent.count ? head - sent.position : null;
  };

  const lagSeconds = (): number => {
    if (behindSince === null) return 0;
    // Nothing says how old the first event is: what is to be sent was stamped after what was, and since it was up to date.
    const age = sent.count === 0 ? Number.POSITIVE_INFINITY : clock.now() - sent.recordedAt;
    return Math.max(0, Math.min(age, clock.monotonic() - behindSince)) / 1000;
  };

  const activity = (fault: RelayFault | null): RelayActivity => {
    if (isStopped) return 'stopped';
    if (fault !== null) return 'waiting';
    return epoch === null ? 'standing-by' : 'relaying';
  };

  return {
    head: () => head,
    leased(of, checkpoint) {
      epoch = of;
      sent = checkpoint;
      // By how much another relay left it behind only the stamps say.
      behindSince = sent.count === 0 ? null : Number.NEGATIVE_INFINITY;
      head = Math.max(head, sent.position);
      waiters.passed(sent.position);
    },
    lostLease() {
      epoch = null;
    },
    headAt(position) {
      head = Math.max(head, position);
      compare();
    },
    moved(checkpoint) {
      sent = checkpoint;
      head = Math.max(head, sent.position);
      compare();
      waiters.passed(sent.position);
    },
    beganAnew() {
      head = 0;
    },
    sentBatch() {
      batches += 1;
    },
    resent() {
      resends += 1;
    },
    stopped() {
      isStopped = true;
      epoch = null;
      waiters.abandon(new Error('the relay was stopped'));
    },
    whenPassed: (position, options) =>
      isStopped
        ? Promise.reject(new Error('the relay was stopped'))
        : waiters.whenPassed(position, sent.position, options),
    status: (fault) => ({
      state: activity(fault),
      epoch,
      position: sent.position,
      count: sent.count,
      head,
      lagEvents: epoch === null ? null : lagEvents(),
      lagSeconds: epoch === null ? null : lagSeconds(),
      batches,
      resends,
      fault: isStopped ? null : fault,
    }),
  };
};
