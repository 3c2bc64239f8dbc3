import { randomUUID } from 'node:crypto';

import { readOn } from '@stance/feed';
import type { SendResult, Webhook } from '@stance/webhooks';

import { machineClock } from '../clock.ts';
import { isToldByItsFilter } from './audience.ts';
import { tellEndpoint } from './endpoint.ts';
import type { EndpointParts } from './endpoint.ts';
import { mayTakeNew } from './waiting.ts';

/** The part of a pino logger that is used. */
export interface DeliveryLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface DeliveriesOptions extends Pick<EndpointParts, 'store' | 'sender' | 'feed' | 'merges' | 'schedule'> {
  readonly logger: DeliveryLogger;
  readonly clock?: EndpointParts['clock'];
  /** A name that no other process has that delivers, but the one before this one may have had; a random one, if left out. */
  readonly owner?: string;
  /**
   * For how long, in milliseconds, the others leave an endpoint to one that is gone without a word, longer than a try may
   * take; 20,000, if left out.
   */
  readonly ttl?: number;
}

export interface DeliveriesStatus {
  readonly endpoints: number;
  readonly pending: number;
  readonly dead: number;
  /** How many tries of this process went well, and how many did not. */
  readonly delivered: number;
  readonly failed: number;
  /** Why it does not get on: of the store, the feed or the read model, not of an endpoint. */
  readonly fault: string | null;
}

/** Tells endpoints of changes, as long as it is not stopped. Several may be at work: each endpoint is told by one of them. */
export interface Deliveries {
  status(): DeliveriesStatus;
  /** There may be something new in the feed, or among the endpoints. */
  notify(): void;
  /**
   * Resolves once every active endpoint was told all that the feed had when this was called, and nothing waits.
   *
   * @throws the signal's reason.
   */
  whenCaughtUp(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Lets what is under way finish, at most until `deadline` (ms, 5,000 where left out). */
  stop(options?: { readonly deadline?: number }): Promise<void>;
}

/** How often it is looked which endpoints there are, and which of them the feed has something for, in milliseconds. */
const lookInterval = 500;
/** How often an endpoint has a turn that needs none as it seems: a feed that was put back may end where it ended. */
const idleInterval = 10_000;
/** How long to rest where the store, the feed or the read model fails, in milliseconds. */
const faultRest = 1000;

const isActive = ({ paused, disabled }: Webhook): boolean => !paused && disabled === null;

/** One that tells an endpoint. */
interface Loop {
  readonly wake: () => void;
  readonly ended: Promise<void>;
  /** Of the endpoint, as it was looked at last. */
  state: string;
}

/** Another one as soon as there may be something to do that the endpoint's loop does not know of: it knows when what waits is due. */
const stateOf = ({ revision, round, pending, dead }: Webhook): string => [revision, round, pending, dead].join(' ');

/** One that rests until it is woken. */
const createSleeper = () => {
  let waking = new AbortController();
  return {
    wake: () => waking.abort(),
    signal: () => waking.signal,
    /** News from here on ends the next rest. */
    attend: () => {
      waking = new AbortController();
    },
  };
};

/** Starts telling endpoints of changes: what fails is tried again, for ever as far as it is not the endpoint's. */
export const startDeliveries = (options: DeliveriesOptions): Deliveries => {
  const { store, feed, logger, clock = machineClock, ttl = 20_000, owner = randomUUID() } = options;
  const stopping = new AbortController();
  const abandoned = new AbortController();
  const counts = { endpoints: 0, pending: 0, dead: 0, delivered: 0, failed: 0 };
  /** What does not get on, and why. */
  const faults = new Map<string, string>();
  const loops = new Map<string, Loop>();

  const faulty = (what: string, error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== faults.get(what)) logger.warn({ err: error }, `${what} does not get on, and is tried again`);
    faults.set(what, message);
  };
  const fine = (what: string): void => {
    if (faults.delete(what)) logger.info({}, `${what} gets on again`);
  };

  const parts: Omit<EndpointParts, 'claim' | 'keepClaim'> = {
    ...options,
    clock,
    stopping: stopping.signal,
    abandoned: abandoned.signal,
    onTried: (_webhook, _message, { ok }: SendResult) => {
      counts[ok ? 'delivered' : 'failed'] += 1;
    },
    onGivenUp: ({ id, url }, what) => logger.warn({ webhook: id, host: new URL(url).host }, `webhook ${id}: ${what}`),
  };

  /** Asks for the right to tell an endpoint again when a part of its time is over. @returns whether it is there. */
  const createRenewal = (id: string): (() => Promise<boolean>) => {
    let claimedAt = Number.NEGATIVE_INFINITY;
    return async () => {
      const now = clock.now();
      if (Math.abs(now - claimedAt) < ttl / 6) return true;
      const isMine = await store.claim(id, owner, ttl);
      claimedAt = isMine ? now : Number.NEGATIVE_INFINITY;
      return isMine;
    };
  };

  /** One turn with an endpoint. @returns how long to rest then, in milliseconds; `null`: it is over. */
  const turn = async (id: string): Promise<number | null> => {
    const webhook = await store.get(id);
    if (webhook === null || !isActive(webhook)) return null;
    const renew = createRenewal(id);
    if (!(await renew())) return lookInterval;
    const claim = { webhook: id, owner, round: webhook.round, revision: webhook.revision };
    const keepClaim = async (): Promise<boolean> => (await renew()) && (await store.holds(claim));
    const result = await tellEndpoint(webhook, { ...parts, claim, keepClaim });
    if (result === 'again') return 0;
    if (result === 'over') return null;
    return result.until === null ? idleInterval : Math.min(Math.max(0, result.until - clock.now()), idleInterval);
  };

  const run = async (id: string, sleeper: ReturnType<typeof createSleeper>): Promise<void> => {
    while (!stopping.signal.aborted) {
      sleeper.attend();
      let rest: number | null;
      try {
        rest = await turn(id);
        fine(`webhook ${id}`);
      } catch (error) {
        faulty(`webhook ${id}`, error);
        rest = faultRest;
      }
      if (rest === null) break;
      if (rest > 0) await clock.rest(rest, AbortSignal.any([sleeper.signal(), stopping.signal]));
    }
    faults.delete(`webhook ${id}`);
    await store.release(id, owner).catch(() => undefined);
    loops.delete(id);
  };

  const startLoop = (id: string): Loop => {
    const sleeper = createSleeper();
    const loop = { wake: sleeper.wake, state: '', ended: run(id, sleeper) };
    loops.set(id, loop);
    return loop;
  };

  /** Has every endpoint that is to be told something a loop, and wakes those that there may be something for. */
  const look = async (): Promise<void> => {
    const webhooks = await store.list();
    const [epoch, head] = [await feed.epoch(), await feed.head()];
    const isBehind = ({ place }: Webhook): boolean => place.feed !== epoch || place.position !== head;
    const hasNews = (webhook: Webhook): boolean =>
      mayTakeNew(webhook) && (isBehind(webhook) || !isToldByItsFilter(webhook));
    const sum = (of: (webhook: Webhook) => number): number => webhooks.reduce((total, each) => total + of(each), 0);
    Object.assign(counts, {
      endpoints: webhooks.length,
      pending: sum((each) => each.pending),
      dead: sum((each) => each.dead),
    });
    for (const webhook of webhooks.filter(isActive)) {
      const loop = loops.get(webhook.id) ?? startLoop(webhook.id);
      const state = stateOf(webhook);
      if (hasNews(webhook) || state !== loop.state) loop.wake();
      loop.state = state;
    }
  };

  const listing = 'the list of webhooks';
  const looking = createSleeper();
  const lookOn = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      looking.attend();
      await look().then(
        () => fine(listing),
        (error: unknown) => faulty(listing, error),
      );
      await clock.rest(lookInterval, AbortSignal.any([looking.signal(), stopping.signal]));
    }
  };
  const looked = lookOn();

  const isCaughtUp = async (head: number): Promise<boolean> => {
    for (const webhook of (await store.list()).filter(isActive)) {
      const { place, pending } = webhook;
      if (pending > 0 || place.position < head || !isToldByItsFilter(webhook)) return false;
      if ((await readOn(feed, place, 1)).kind === 'elsewhere') return false;
    }
    return true;
  };

  const end = async (deadline: number): Promise<void> => {
    stopping.abort();
    const finished = new AbortController();
    const all = Promise.all([looked, ...loops.values().map(({ ended }) => ended)]);
    await Promise.race([all, clock.rest(deadline, finished.signal)]);
    finished.abort();
    abandoned.abort();
    await all;
  };
  let stopped: Promise<void> | null = null;

  return {
    status: () => ({ ...counts, fault: faults.values().next().value ?? null }),
    notify() {
      looking.wake();
      for (const { wake } of loops.values()) wake();
    },
    async whenCaughtUp({ signal = new AbortController().signal } = {}) {
      const head = await feed.head();
      while (!(await isCaughtUp(head))) {
        await clock.rest(lookInterval / 10, signal);
        signal.throwIfAborted();
      }
    },
    stop: ({ deadline = 5000 } = {}) => (stopped ??= end(deadline)),
  };
};
