import type { RelayLease, RelayState } from '@stance/relay-state';

import type { RelayClock } from './clock.ts';
import { isSuperseded } from './persistence.ts';

export interface HeldLeaseOptions<Checkpoint> {
  readonly state: RelayState<Checkpoint>;
  readonly clock: RelayClock;
  readonly lease: RelayLease<Checkpoint>;
  /** In milliseconds. */
  readonly ttl: number;
  /** When it was asked for, by the clock's monotonic time. */
  readonly askedAt: number;
  /** Ends the renewing. */
  readonly abandoned: AbortSignal;
}

/** The lease of this relay, by its own clock. */
export interface HeldLease<Checkpoint> {
  readonly epoch: number;
  /** Whether it holds for at least a third of its time: long enough to begin something. */
  isSure(): boolean;
  /** Whether a third of its time is over: time to renew it. */
  isDue(): boolean;
  /** @throws RelayStateError */
  renew(): Promise<void>;
  /** @throws RelayStateError */
  store(expected: Checkpoint, next: Checkpoint): Promise<void>;
  /** Renews it again and again while `work` is under way. */
  keepDuring<Result>(work: Promise<Result>): Promise<Result>;
}

export const createHeldLease = <Checkpoint>(options: HeldLeaseOptions<Checkpoint>): HeldLease<Checkpoint> => {
  const { state, clock, ttl, abandoned } = options;
  const { epoch } = options.lease;
  const third = ttl / 3;
  let isLost = false;
  /** It holds for its whole time from here at least: the store counts from a moment that is later. */
  let provenAt = options.askedAt;

  const proving = async (call: () => Promise<void>): Promise<void> => {
    const askedAt = clock.monotonic();
    try {
      await call();
      provenAt = Math.max(provenAt, askedAt);
    } catch (error) {
      isLost ||= isSuperseded(error);
      throw error;
    }
  };

  const renew = (): Promise<void> => proving(() => state.renew(epoch, ttl));

  const keep = async (done: AbortSignal): Promise<void> => {
    while (!isLost) {
      await clock.rest(third, done);
      if (done.aborted || abandoned.aborted) return;
      // Where it cannot be renewed it runs out, and nothing more is begun.
      await renew().catch(() => undefined);
    }
  };

  return {
    epoch,
    isSure: () => !isLost && clock.monotonic() - provenAt <= 2 * third,
    isDue: () => clock.monotonic() - provenAt >= third,
    renew,
    store: (expected, next) => proving(() => state.store({ epoch, ttl, expected, next })),
    async keepDuring(work) {
      const done = new AbortController();
      void keep(done.signal);
      try {
        return await work;
      } finally {
        done.abort();
      }
    },
  };
};
