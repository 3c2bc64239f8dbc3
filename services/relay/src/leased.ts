import { randomUUID } from 'node:crypto';

import type { WaitOptions } from '@stance/event-store';
import type { RelayState } from '@stance/relay-state';

import { machineClock } from './clock.ts';
import type { RelayClock } from './clock.ts';
import { createHeldLease } from './held-lease.ts';
import type { HeldLease } from './held-lease.ts';
import { createPersistence, isSuperseded } from './persistence.ts';
import type { Persistence } from './persistence.ts';
import type { Progress, RelayStatus, Sent } from './status.ts';

/** The part of a pino logger that the relay uses. */
export interface RelayLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What every relay is told, whatever it relays. */
export interface LeasedOptions<Checkpoint> {
  readonly state: RelayState<Checkpoint>;
  readonly logger: RelayLogger;
  /** A name that no other relay has; a random one, if left out. */
  readonly owner?: string;
  /** For how long, in milliseconds, the others wait for one that is gone without a word; 10,000, if left out. */
  readonly ttl?: number;
  readonly clock?: RelayClock;
  /** From 0 up to but not including 1. */
  readonly random?: () => number;
}

/** What is given to the work that is done under a lease. */
export interface LeasedWork<Checkpoint> {
  readonly lease: HeldLease<Checkpoint>;
  readonly checkpoint: Checkpoint;
  readonly persistence: Persistence;
  /** Finish what is under way. */
  readonly stopping: AbortSignal;
  /** Begin nothing any more. */
  readonly abandoned: AbortSignal;
}

interface LeasedParts<Checkpoint> {
  /** What it relays, for the log. */
  readonly what: string;
  readonly progress: Progress;
  readonly sentOf: (checkpoint: Checkpoint) => Sent;
  /**
   * Returns when it is to stop, or where the lease may run out before it gets on.
   *
   * @throws RelayStateError `relay-superseded`.
   */
  readonly work: (given: LeasedWork<Checkpoint>) => Promise<void>;
  /** Ends what the work waits for. */
  readonly onStopping?: () => void;
}

export interface Relay {
  status(): RelayStatus;
  /**
   * Resolves once it has sent and stored a position. One that stands by sends nothing: it goes by what it took over last.
   *
   * @throws NotCaughtUpError when `timeout` (ms) is over; the signal's reason; Error once it is stopped.
   */
  whenPassed(position: number, options?: WaitOptions): Promise<void>;
  /** The same for the last position that it has heard of. */
  whenCaughtUp(options?: WaitOptions): Promise<void>;
  /**
   * Finishes the send at hand, stores how far it came and gives the lease back, at most until `deadline` (ms, 10,000 where
   * left out): past it nothing more is begun. What the relay was given is its owner's to close, after this.
   */
  stop(options?: { readonly deadline?: number }): Promise<void>;
}

/** How often one that stands by asks for the lease, in milliseconds, at most. */
const askInterval = 1000;
const usualDeadline = 10_000;
export const usualTtl = 10_000;

/** Does the work while it has the lease, stands by while another has it, and takes over where that one is gone. */
export const startLeased = <Checkpoint>(
  options: LeasedOptions<Checkpoint>,
  { what, progress, sentOf, work, onStopping = () => undefined }: LeasedParts<Checkpoint>,
): Relay => {
  const { state, logger, owner = randomUUID(), ttl = usualTtl, clock = machineClock, random = Math.random } = options;
  const stopping = new AbortController();
  const abandoned = new AbortController();
  const persistence = createPersistence({
    clock,
    random,
    stopping: stopping.signal,
    onFault: (fault, step) => {
      logger.warn({ fault, step }, `the relay${what} does not get on and tries again`);
    },
    onMended: (step) => {
      logger.info({ step }, `the relay${what} gets on again`);
    },
  });
  const mayGoOn = (): boolean => !stopping.signal.aborted;
  /** The last lease that it got, unless another relay has been found to have one since. */
  let epoch: number | null = null;
  let isStandingBy = false;

  const standBy = async (): Promise<void> => {
    if (!isStandingBy) logger.info({ owner }, `another relay${what} has the lease: this one stands by`);
    isStandingBy = true;
    epoch = null;
    persistence.forget();
    await clock.rest(askInterval * (0.5 + random() / 2), stopping.signal);
  };

  const giveBack = async (): Promise<void> => {
    if (epoch === null || abandoned.signal.aborted) return;
    try {
      await state.release(epoch);
    } catch (error) {
      logger.warn({ err: error }, 'the lease could not be given back: it runs out by itself');
    }
  };

  /** Lets another relay try what this one has not managed for most of a lease. */
  const giveWay = async (): Promise<void> => {
    await giveBack();
    await clock.rest(askInterval * (1 + random() / 2), stopping.signal);
  };

  /** Asks for the lease, and relays as long as it holds. */
  const turn = async (): Promise<void> => {
    let askedAt = 0;
    const acquire = () => {
      askedAt = clock.monotonic();
      return state.acquire(owner, ttl);
    };
    const answer = await persistence.untilDone('lease', acquire, mayGoOn);
    if (answer === null) return;
    const lease = answer.result;
    if (lease === null) return standBy();
    if (epoch === null) logger.info({ owner, ...lease }, `this relay${what} has the lease`);
    isStandingBy = false;
    epoch = lease.epoch;
    progress.leased(epoch, sentOf(lease.checkpoint));
    const held = createHeldLease({ state, clock, lease, ttl, askedAt, abandoned: abandoned.signal });
    const { checkpoint } = lease;
    try {
      await work({
        lease: held,
        checkpoint,
        persistence,
        stopping: stopping.signal,
        abandoned: abandoned.signal,
      });
      if (mayGoOn() && persistence.fault() !== null) await giveWay();
    } catch (error) {
      if (!isSuperseded(error)) throw error;
      epoch = null;
      persistence.forget();
      logger.warn({ owner, epoch: lease.epoch }, `this relay${what} was superseded`);
    } finally {
      progress.lostLease();
    }
  };

  const run = async (): Promise<void> => {
    while (mayGoOn()) await turn();
    await giveBack();
  };

  const ended = run();

  const end = async (deadline: number): Promise<void> => {
    stopping.abort();
    onStopping();
    const finished = new AbortController();
    await Promise.race([ended, clock.rest(deadline, finished.signal)]);
    finished.abort();
    abandoned.abort();
    progress.stopped();
  };

  let stopped: Promise<void> | null = null;

  return {
    status: () => progress.status(persistence.fault()),
    whenPassed: (position, wait) => progress.whenPassed(position, wait),
    whenCaughtUp: (wait) => progress.whenPassed(progress.head(), wait),
    stop: ({ deadline = usualDeadline } = {}) => (stopped ??= end(deadline)),
  };
};
