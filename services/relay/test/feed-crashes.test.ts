import { DistributionError } from '@stance/distribution';
import type { FeedTopicsSession } from '@stance/distribution';
import { createMemoryFeedTopics } from '@stance/distribution/memory';
import type { SendOutcome } from '@stance/distribution/memory';
import { createFeedRelayMemory } from '@stance/relay-state/memory';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { startFeedRelay } from '../src/index.ts';
import type { Relay } from '../src/index.ts';
import { createChangingFeed } from '@stance/feed/memory';
import { createChaos } from './support/chaos.ts';
import type { Life } from './support/chaos.ts';
import { heldByCurrent, heldByEntries, sharedWatermarks } from './support/held-set.ts';

const batch = 4;
const ttl = 9000;
const relaysAtOnce = 2;
const partitions = 3;
const changes = 8;
/** Peace brings everything to an end long before. */
const mostSteps = 8000;

type Happening =
  | { readonly kind: 'published'; readonly change: number; readonly isRemoval: boolean }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'put-back'; readonly by: number }
  | { readonly kind: 'topics-lost' };

const happeningArbitrary: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.record({
      kind: fc.constant('published' as const),
      change: fc.nat(changes - 1),
      isRemoval: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'replaced' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('put-back' as const), by: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'topics-lost' as const }) },
);
const decisionsArbitrary = fc.array(fc.nat(), { maxLength: 600, size: 'max' });

const failure = (what: string): Error => new DistributionError('distribution-unavailable', what, { retryable: true });

const run = async (happenings: readonly Happening[], decisions: readonly number[]): Promise<void> => {
  const chaos = createChaos(decisions, failure);
  const feed = createChangingFeed();
  const topics = createMemoryFeedTopics({ partitions });
  /** By how much the database's clock is ahead of time: a jump makes two relays of one. */
  let ahead = 0;
  const memory = createFeedRelayMemory({ clock: () => chaos.time() + ahead });
  const alive = new Map<Relay, Life>();
  let happened = 0;
  let started = 0;
  let isSettled = false;

  const start = (): void => {
    started += 1;
    const life = chaos.live();
    const state = memory.open();
    let outcome: SendOutcome = 'sent';
    const writer = topics.createWriter({ outcome: () => outcome });
    const somePartitions = (): SendOutcome => ({
      partitions: Array.from({ length: partitions }, (_, partition) => partition).filter(() => chaos.draw(2) === 0),
    });
    /** What fails may have gone to some partitions, and is given up by the brokers. */
    const partly = (call: () => Promise<void>) => (): void => {
      outcome = somePartitions();
      call().catch(() => undefined);
      outcome = 'sent';
    };
    const remote = (session: FeedTopicsSession): FeedTopicsSession => ({
      isUnwritten: session.isUnwritten,
      send: (...given) =>
        life.call(
          () => session.send(...given),
          partly(() => session.send(...given)),
        ),
      leftOvers: (...given) => life.call(() => session.leftOvers(...given)),
      remove: (...given) =>
        life.call(
          () => session.remove(...given),
          partly(() => session.remove(...given)),
        ),
    });
    const reader = {
      epoch: () => life.call(() => feed.reader.epoch()),
      head: () => life.call(() => feed.reader.head()),
      readFeed: (page: { readonly after: number; readonly limit: number }) =>
        life.call(() => feed.reader.readFeed(page)),
      close: async () => undefined,
    };
    const relay = startFeedRelay({
      owner: `relay-${String(started)}`,
      openFeed: () => life.call(async () => reader),
      topics: { takeOver: async () => remote(await life.call(() => writer.takeOver())) },
      state: {
        ...state,
        acquire: (owner, lasting) => life.call(() => state.acquire(owner, lasting)),
        renew: (epoch, lasting) => life.call(() => state.renew(epoch, lasting)),
        store: (move) => life.call(() => state.store(move)),
        release: (epoch) => life.call(() => state.release(epoch)),
      },
      logger: { info: () => undefined, warn: () => undefined },
      clock: life.clock,
      random: () => 0.5,
      ttl,
      batch,
    });
    alive.set(relay, life);
  };

  const isStoredWhatWasSent = (): boolean => {
    const { feed: name, position, generation } = memory.checkpoint();
    const sent = topics
      .entries()
      .flat()
      .filter(({ headers }) => Number(headers['ce_generation']) >= generation)
      .map(({ headers }) => Number(headers['ce_sequence']));
    return name === feed.epoch() && position === feed.head() && Math.max(0, ...sent) <= position;
  };

  const happen = (happening: Happening): void => {
    if (happening.kind === 'published') feed.publish(happening.change, happening.isRemoval);
    else if (happening.kind === 'replaced') feed.replace();
    else if (happening.kind === 'put-back' && !isStoredWhatWasSent()) {
      // What was sent and not stored would stand in the topics under positions that mean something else by now: an operator
      // who puts a feed back makes the state of the relay anew with it.
      feed.replace();
    } else if (happening.kind === 'put-back') {
      feed.putBack(Math.max(0, feed.head() - happening.by));
      // It is told from what it was by what comes after.
      for (let change = 0; change < happening.by; change += 1) feed.publish(change);
    } else {
      topics.recreate();
      // Whoever writes to them notices when he takes over.
      for (const [relay, life] of alive) if (!life.isDead()) void relay.stop();
      alive.clear();
    }
    isSettled = false;
  };

  const disturb = (): void => {
    for (const [relay, life] of alive) if (life.isDead()) alive.delete(relay);
    while (alive.size < relaysAtOnce) start();
    const whim = chaos.isPeace() ? happenings.length : chaos.draw(20);
    if (whim === 0 && !chaos.isPeace()) ahead += 2 * ttl;
    const more = whim < 5 || chaos.isPeace() ? happenings.slice(happened, happened + whim) : [];
    for (const happening of more) happen(happening);
    happened += more.length;
  };

  const isThere = (): boolean => {
    const { feed: name, position, swept } = memory.checkpoint();
    return (
      chaos.isPeace() && happened >= happenings.length && name === feed.epoch() && position === feed.head() && swept
    );
  };

  let steps = 0;
  // What was lost is noticed by whoever begins next.
  while (!isSettled) {
    disturb();
    await chaos.step();
    steps += 1;
    expect(steps, 'it comes to an end').toBeLessThan(mostSteps);
    isSettled = isThere() && topics.entries().every((records) => records.length > 0);
  }

  const expected = feed.setAt(feed.head());
  expect(heldByEntries(topics.entries())).toEqual(expected);
  expect(heldByCurrent(topics.current())).toEqual(expected);
  const { generation } = memory.checkpoint();
  for (const mark of sharedWatermarks(topics.entries())) {
    if (mark.generation !== generation) continue;
    expect(heldByEntries(topics.entries(), mark), `at ${String(mark.sequence)}`).toEqual(feed.setAt(mark.sequence));
  }

  for (const relay of alive.keys()) void relay.stop();
  const isRunning = ([relay, life]: readonly [Relay, Life]): boolean =>
    !life.isDead() && relay.status().state !== 'stopped';
  while ([...alive].some(isRunning)) await chaos.step();
};

it(
  'gives both topics exactly the set of the feed, whatever fails, whoever dies when, and whatever feed takes its place',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happeningArbitrary, { maxLength: 60, size: 'max' }), decisionsArbitrary, run),
      // A counterexample that is not the smallest is better than none.
      { interruptAfterTimeLimit: 60_000 },
    );
  },
);
