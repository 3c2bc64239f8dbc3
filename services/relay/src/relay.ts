import { randomUUID } from 'node:crypto';

import type { DistributionWriter } from '@stance/distribution';
import type { EventStore } from '@stance/event-store';
import type { RelayState } from '@stance/relay-state';

import { machineClock } from './clock.ts';
import type { RelayClock } from './clock.ts';
import { createHeldLease } from './held-lease.ts';
import { createNews } from './news.ts';
import { createPersistence, isSuperseded } from './persistence.ts';
import { relay } from './relaying.ts';
import { createProgress } from './status.ts';
import type { RelayStatus } from './status.ts';

/** The part of a pino logger that the relay uses. */
export interface RelayLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface RelayOptions {
  readonly source: Pick<EventStore, 'readAll' | 'head' | 'onHead'>;
  readonly writer: Pick<DistributionWriter, 'send'>;
  readonly state: RelayState;
  readonly logger: RelayLogger;
  /** A name that no other relay has; a random one, if left out. */
  readonly owner?: string;
  /** For how long, in milliseconds, the others wait for one that is gone without a word; 10,000, if left out. */
  readonly ttl?: number;
  /** At most so many events in a send; 4,096, if left out. */
  readonly batch?: number;
  readonly clock?: RelayClock;
  /** From 0 up to but not including 1. */
  readonly random?: () => number;
}

export interface Relay {
  status(): RelayStatus;
  /**
   * Finishes the send at hand, stores how far it came and gives the lease back, at most until `deadline` (ms, 10,000 where
   * left out): past it nothing more is begun. What the relay was given is its owner's to close, after this.
   */
  stop(options?: { readonly deadline?: number }): Promise<void>;
}

/** How often one that stands by asks for the lease, in milliseconds, at most. */
const askInterval = 1000;
const usualDeadline = 10_000;

/**
 * Starts a relay: it brings the distribution up to the log, and keeps it there, unless another relay does. What fails is
 * tried again for ever; `status()` says what and since when.
 */
export const startRelay = (options: RelayOptions): Relay => {
  const { source, writer, state, logger, owner = randomUUID(), ttl = 10_000, batch = 4096 } = options;
  const { clock = machineClock, random = Math.random } = options;
  const stopping = new AbortController();
  const abandoned = new AbortController();
  const news = createNews(clock);
  const progress = createProgress(clock);
  const persistence = createPersistence({
    clock,
    random,
    stopping: stopping.signal,
    onFault: (fault, step) => {
      logger.warn({ fault, step }, 'the relay does not get on and tries again');
    },
    onMended: (step) => {
      logger.info({ step }, 'the relay gets on again');
    },
  });
  const mayGoOn = (): boolean => !stopping.signal.aborted;
  /** The last lease that it got, unless another relay has been found to have one since. */
  let epoch: number | null = null;
  let isStandingBy = false;

  const standBy = async (): Promise<void> => {
    if (!isStandingBy) logger.info({ owner }, 'another relay has the lease: this one stands by');
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
    if (epoch === null) logger.info({ owner, ...lease }, 'this relay has the lease');
    isStandingBy = false;
    epoch = lease.epoch;
    progress.leased(epoch, lease.checkpoint);
    const held = createHeldLease({ state, clock, lease, ttl, askedAt, abandoned: abandoned.signal });
    const { checkpoint } = lease;
    const ends = { stopping: stopping.signal, abandoned: abandoned.signal };
    try {
      await relay({ source, writer, lease: held, checkpoint, batch, clock, news, persistence, progress, ...ends });
      if (mayGoOn() && persistence.fault() !== null) await giveWay();
    } catch (error) {
      if (!isSuperseded(error)) throw error;
      epoch = null;
      persistence.forget();
      logger.warn({ owner, epoch: lease.epoch }, 'this relay was superseded');
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
    news.ring();
    const finished = new AbortController();
    await Promise.race([ended, clock.rest(deadline, finished.signal)]);
    finished.abort();
    abandoned.abort();
    progress.stopped();
  };

  let stopped: Promise<void> | null = null;

  return {
    status: () => progress.status(persistence.fault()),
    stop: ({ deadline = usualDeadline } = {}) => (stopped ??= end(deadline)),
  };
};
