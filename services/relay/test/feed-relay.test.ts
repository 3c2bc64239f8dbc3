import { DistributionError } from '@stance/distribution';
import { FeedError } from '@stance/feed';
import { RelayStateError } from '@stance/relay-state';
import { expect, it } from 'vitest';

import { createFeedWorld, gatedTakeOver, upTo } from './support/feed-relays.ts';

const brokerAway = new DistributionError('distribution-unavailable', 'the broker is away', { retryable: true });

const publishSome = (feed: ReturnType<typeof createFeedWorld>['feed'], count: number): void => {
  for (let change = 0; change < count; change += 1) feed.publish(change % 12);
};

it('sends the whole feed, in order and once, to both topics', async () => {
  const { clock, feed, memory, start, isUpToDate, held, sequences } = createFeedWorld();
  publishSome(feed, 25);
  const relay = start({ owner: 'a' });
  await clock.until(isUpToDate);
  feed.publish(3, true);
  feed.publish(20);
  await clock.until(isUpToDate);
  expect(sequences()).toEqual(upTo(27));
  const set = feed.setAt(27);
  expect(set.size).toBe(12);
  expect(held()).toEqual({ entries: set, current: set });
  expect(memory.checkpoint()).toMatchObject({ feed: 'feed-1', position: 27, recordedAt: 27, swept: true });
  expect(relay.status()).toMatchObject({ state: 'relaying', position: 27, head: 27, lagEvents: 0, lagSeconds: 0 });
});

it('marks how far it came behind every send, and every 10 seconds where nothing comes in', async () => {
  const { clock, feed, start, marks } = createFeedWorld();
  publishSome(feed, 11);
  start({ owner: 'a' });
  await clock.pass(25_000);
  const positions = marks().map((mark) => JSON.parse(mark) as { position: number; head: number });
  // That after the last entry looks for what is left over of feeds before.
  expect(positions.map(({ position }) => position)).toEqual([10, 11, 11, 11, 11]);
  expect(positions.map(({ head }) => head)).toEqual([11, 11, 11, 11, 11]);
});

it('sends at most a batch again where it dies between a send and its checkpoint', async () => {
  const { clock, feed, memory, start, isUpToDate, held, sequences } = createFeedWorld();
  publishSome(feed, 40);
  const never = new Promise<never>(() => undefined);
  const state = memory.open();
  start({
    owner: 'a',
    // It dies after its second batch went out.
    state: {
      ...state,
      renew: (...given) => (memory.checkpoint().position === 10 ? never : state.renew(...given)),
      store: (move) => (move.next.position === 20 ? never : state.store(move)),
    },
  });
  await clock.settle();
  expect(sequences()).toEqual(upTo(20));
  start({ owner: 'b' });
  await clock.until(isUpToDate);
  expect(sequences()).toEqual([...upTo(40), ...upTo(20).slice(10)].sort((a, b) => a - b));
  expect(held()).toEqual({ entries: feed.setAt(40), current: feed.setAt(40) });
});

it('waits where the broker is away, says so, and skips nothing', async () => {
  const { clock, feed, topics, start, isUpToDate, held, said } = createFeedWorld();
  publishSome(feed, 5);
  let isAway = true;
  const writer = topics.createWriter({ outcome: () => (isAway ? 'lost' : 'sent') });
  const relay = start({ owner: 'a', topics: writer });
  await clock.pass(60_000);
  expect(relay.status()).toMatchObject({
    state: 'waiting',
    position: 0,
    fault: { code: 'distribution-unavailable', retryable: true },
  });
  expect(said).toContain('the relay of changes does not get on and tries again');
  isAway = false;
  await clock.until(isUpToDate);
  expect(relay.status()).toMatchObject({ state: 'relaying', fault: null });
  expect(held().entries).toEqual(feed.setAt(5));
});

it('lets another relay try what it has not managed for the time of a lease', async () => {
  const { clock, feed, start, isUpToDate } = createFeedWorld();
  publishSome(feed, 5);
  const first = start({ owner: 'a', topics: { takeOver: () => Promise.reject(brokerAway) } });
  await clock.settle();
  const second = start({ owner: 'b' });
  await clock.until(isUpToDate);
  expect(second.status()).toMatchObject({ state: 'relaying', position: 5 });
  await clock.until(() => first.status().epoch === null);
});

it('waits for a feed that nobody has made yet, and says so', async () => {
  const { clock, feed, reader, start, isUpToDate } = createFeedWorld();
  let isMade = false;
  const missing = new FeedError('feed-missing', 'there is no feed in the schema stance_feed yet', { retryable: true });
  const relay = start({ owner: 'a', openFeed: () => (isMade ? Promise.resolve(reader) : Promise.reject(missing)) });
  await clock.pass(120_000);
  expect(relay.status()).toMatchObject({ state: 'waiting', fault: { code: 'feed-missing' } });
  isMade = true;
  feed.publish(1);
  await clock.until(isUpToDate);
  expect(relay.status()).toMatchObject({ state: 'relaying', position: 1, fault: null });
});

it('begins anew with a feed that was made anew, and takes away what only the one before had', async () => {
  const { clock, feed, memory, start, isUpToDate, held } = createFeedWorld();
  publishSome(feed, 25);
  start({ owner: 'a' });
  await clock.until(isUpToDate);
  const before = memory.checkpoint().generation;
  feed.replace();
  feed.publish(2);
  feed.publish(30);
  await clock.until(isUpToDate);
  const set = feed.setAt(2);
  expect([...set.keys()]).toHaveLength(2);
  expect(held()).toEqual({ entries: set, current: set });
  expect(memory.checkpoint().generation).toBeGreaterThan(before);
});

it('takes all away where the feed that was made anew is empty', async () => {
  const { clock, feed, start, isUpToDate, held } = createFeedWorld();
  publishSome(feed, 12);
  start({ owner: 'a' });
  await clock.until(isUpToDate);
  feed.replace();
  await clock.until(isUpToDate);
  expect(held()).toEqual({ entries: new Map(), current: new Map() });
});

it('begins anew with a feed that was put back to an older state, by when its last entry was published', async () => {
  const { clock, feed, start, isUpToDate, held } = createFeedWorld();
  publishSome(feed, 12);
  start({ owner: 'a' });
  await clock.until(isUpToDate);
  feed.putBack(8);
  for (const change of [20, 21, 22, 23, 24]) feed.publish(change);
  await clock.until(() => held().current.has(`c-${'24'.padStart(32, '0')}`) && isUpToDate());
  const set = feed.setAt(13);
  expect(held()).toEqual({ entries: set, current: set });
});

it('sends all again where the topics were lost, as soon as it takes over', async () => {
  const { clock, feed, topics, start, isUpToDate, held } = createFeedWorld();
  publishSome(feed, 25);
  const first = start({ owner: 'a' });
  await clock.until(isUpToDate);
  await first.stop();
  topics.recreate();
  start({ owner: 'b' });
  await clock.until(() => held().current.size === 12);
  expect(held()).toEqual({ entries: feed.setAt(25), current: feed.setAt(25) });
});

it('begins under a later generation where its own state was lost', async () => {
  const { clock, feed, start, isUpToDate, held } = createFeedWorld();
  const other = createFeedWorld();
  publishSome(feed, 5);
  const first = start({ owner: 'a' });
  await clock.until(isUpToDate);
  await first.stop();
  feed.publish(0, true);
  await clock.pass(1000);
  start({ owner: 'b', state: other.memory.open() });
  await clock.until(() => held().entries.size === 4);
  expect(held()).toEqual({ entries: feed.setAt(6), current: feed.setAt(6) });
});

it('writes nothing once another relay has taken over, however late it wakes', async () => {
  const { clock, feed, topics, memory, start, isUpToDate, held, sequences } = createFeedWorld();
  publishSome(feed, 5);
  const gate = gatedTakeOver(topics.createWriter());
  const state = memory.open();
  const never = new Promise<never>(() => undefined);
  // It is frozen before it takes over: nothing that it asks for of the lease meanwhile arrives.
  let isFrozen = true;
  start({
    owner: 'a',
    topics: gate,
    state: { ...state, renew: (...given) => (isFrozen ? never : state.renew(...given)) },
  });
  await clock.settle();
  expect(gate.waiting).toHaveLength(1);
  start({ owner: 'b' });
  await clock.until(isUpToDate);
  const before = sequences();
  isFrozen = false;
  // It wakes, and takes the topics over from the one at work, but has no lease for it.
  gate.waiting[0]?.();
  await clock.settle();
  feed.publish(6);
  await clock.until(isUpToDate);
  expect(sequences()).toEqual([...before, 6]);
  expect(held().current).toEqual(feed.setAt(6));
});

it('is superseded where another has the lease, and stands by', async () => {
  const { clock, feed, memory, start, isUpToDate, said } = createFeedWorld();
  publishSome(feed, 5);
  const state = memory.open();
  let isSuperseded = false;
  const superseded = new RelayStateError('relay-superseded', 'another relay has taken over');
  const relay = start({
    owner: 'a',
    state: {
      ...state,
      acquire: (...given) => (isSuperseded ? Promise.resolve(null) : state.acquire(...given)),
      store: (move) => (isSuperseded ? Promise.reject(superseded) : state.store(move)),
    },
  });
  await clock.until(isUpToDate);
  isSuperseded = true;
  feed.publish(6);
  await clock.pass(2000);
  expect(relay.status()).toMatchObject({ state: 'standing-by', epoch: null });
  expect(said).toContain('this relay of changes was superseded');
});

it('finishes the send at hand and stores it when it stops', async () => {
  const { clock, feed, topics, memory, start, isUpToDate } = createFeedWorld();
  start({ owner: 'a' });
  await clock.until(isUpToDate);
  const gates: (() => void)[] = [];
  let isGated = false;
  const writer = topics.createWriter({
    outcome: () => (isGated ? new Promise((resolve) => void gates.push(() => resolve('sent'))) : ('sent' as const)),
  });
  const relay = start({ owner: 'a', topics: writer });
  await clock.pass(2000);
  isGated = true;
  feed.publish(1);
  await clock.until(() => gates.length > 0);
  const stopped = relay.stop();
  await clock.settle();
  gates[0]?.();
  await stopped;
  expect(memory.checkpoint().position).toBe(1);
});
