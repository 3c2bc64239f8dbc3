import { DistributionError } from '@stance/distribution';
import { createRelayMemory } from '@stance/relay-state/memory';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { startRelay } from '../src/index.ts';
import type { Relay } from '../src/index.ts';
import { createChaos } from './support/chaos.ts';
import type { Life } from './support/chaos.ts';
import { createJudge } from './support/judge.ts';
import { createOffsetLog } from './support/offset-log.ts';
import type { NewEntry } from './support/offset-log.ts';
import { createPartitions } from './support/partitions.ts';

const batch = 4;
const ttl = 9000;
const relaysAtOnce = 2;
const partitions = 3;
/** Peace brings everything to an end long before. */
const mostSteps = 5000;

const entryArbitrary: fc.Arbitrary<NewEntry> = fc.record({
  offset: fc.integer({ min: 1, max: 50 }),
  stream: fc.option(fc.constantFrom('statement-a', 'statement-b', 'statement-c', 'statement-d'), { freq: 4 }),
  recordedAt: fc.integer({ min: 1, max: 1000 }),
});
const decisionsArbitrary = fc.array(fc.nat(), { maxLength: 600, size: 'max' });

const failure = (what: string): Error => new DistributionError('distribution-unavailable', what, { retryable: true });

const run = async (entries: readonly NewEntry[], decisions: readonly number[]): Promise<void> => {
  const chaos = createChaos(decisions, failure);
  const log = createOffsetLog(6);
  const written = createPartitions(partitions);
  const judge = createJudge(log, written);
  /** By how much the database's clock is ahead of time: a jump makes two relays of one. */
  let ahead = 0;
  const memory = createRelayMemory({ clock: () => chaos.time() + ahead });
  const alive = new Map<Relay, Life>();
  let appended = 0;
  let started = 0;
  let sends = 0;
  let acquired = 0;
  let stored = 0;

  const start = (): void => {
    started += 1;
    const life = chaos.live();
    const state = memory.open();
    let isSending = false;
    /** Whether the events last sent are not stored. */
    let owes = false;
    const relay = startRelay({
      owner: `relay-${String(started)}`,
      source: {
        readAll: (options) => life.call(() => log.source.readAll(options)),
        head: () => life.call(() => log.source.head()),
        onHead: (listener) => log.source.onHead((head) => life.isDead() || listener(head)),
      },
      writer: {
        send: async (events, watermark) => {
          expect(isSending, 'one send at a time').toBe(false);
          isSending = true;
          if (events.length > 0) {
            sends += 1;
            owes = true;
          }
          await life
            .call(
              async () => {
                written.write(events, watermark);
              },
              () => {
                written.write(events, watermark, chaos.draw(partitions));
              },
            )
            .finally(() => (isSending = false));
        },
      },
      state: {
        ...state,
        acquire: async (owner, lasting) => {
          const lease = await life.call(() => state.acquire(owner, lasting));
          if (lease !== null) acquired += 1;
          return lease;
        },
        renew: (epoch, lasting) => life.call(() => state.renew(epoch, lasting)),
        store: async (move) => {
          await life.call(() => state.store(move));
          if (owes) stored += 1;
          owes = false;
        },
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

  const disturb = (): void => {
    for (const [relay, life] of alive) if (life.isDead()) alive.delete(relay);
    while (alive.size < relaysAtOnce) start();
    const whim = chaos.isPeace() ? entries.length : chaos.draw(20);
    if (whim === 0) ahead += 2 * ttl;
    const more = whim < 5 || chaos.isPeace() ? entries.slice(appended, appended + whim) : [];
    if (more.length > 0) log.append(more);
    appended += more.length;
  };

  let steps = 0;
  const isThere = (): boolean =>
    chaos.isPeace() && appended >= entries.length && memory.checkpoint().position === log.end();
  while (!isThere()) {
    disturb();
    await chaos.step();
    judge.check(memory.checkpoint());
    steps += 1;
    expect(steps, 'it comes to an end').toBeLessThan(mostSteps);
  }
  expect(memory.checkpoint().count).toBe(log.events.length);
  // Again goes out what was sent and not stored: by one that died or failed, and by one that a successor had overtaken.
  expect(judge.again()).toBeLessThanOrEqual(batch * (sends - stored + acquired));

  for (const relay of alive.keys()) void relay.stop();
  const isRunning = ([relay, life]: readonly [Relay, Life]): boolean =>
    !life.isDead() && relay.status().state !== 'stopped';
  while ([...alive].some(isRunning)) await chaos.step();
};

it(
  'distributes every event in order, whatever fails and whoever dies when, and sends again about a batch at most',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entryArbitrary, { maxLength: 60, size: 'max' }), decisionsArbitrary, run),
      // A counterexample that is not the smallest is better than none.
      { interruptAfterTimeLimit: 60_000 },
    );
  },
);
