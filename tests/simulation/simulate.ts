import { checkAtRest } from './invariants/at-rest.ts';
import { createFeedInvariant, createFollowersInvariant } from './invariants/feed.ts';
import { createReadModelInvariant } from './invariants/read-model.ts';
import { createRecordInvariant } from './invariants/record.ts';
import { createTopicInvariant } from './invariants/topic.ts';
import type { Files } from './files.ts';
import { happeningsOf } from './happenings.ts';
import { ownParts } from './parts.ts';
import type { Parts } from './parts.ts';
import { startClient } from './processes/client.ts';
import { createPopulation } from './processes/population.ts';
import { createTraffic } from './traffic.ts';
import { Violation } from './violation.ts';
import { createWorld } from './world.ts';

export interface Run {
  /** The first promise found broken; `null` where all were kept. */
  readonly violation: Violation | null;
  readonly steps: number;
  readonly events: number;
  readonly entries: number;
  /** Stands for all that was done, in order. */
  readonly fingerprint: number;
  /** The last things done. */
  readonly trace: readonly string[];
}

/** After so many steps the weather calms down, even if not all has been asked for. */
const roughSteps = 4000;
/** In calm everything comes to rest long before. */
const calmSteps = 20_000;

/** Runs the whole pipeline by a seed: the same seed, the same run. */
export const simulate = async (seed: number, files: Files, bug: Partial<Parts> = {}): Promise<Run> => {
  files.emptyReadModel(`generation-${String(seed)}`);
  files.emptyFeed(`epoch-${String(seed)}`);
  const world = createWorld(seed, files, { ...ownParts, ...bug });
  const { scheduler, plan, log, group, relayMemory, progress } = world;
  const population = createPopulation(world);
  const { followers } = population;
  scheduler.offer(group.deliveries);
  scheduler.happen(happeningsOf(world, population));
  const traffic = createTraffic(scheduler.random);
  const clients = Array.from({ length: plan.clients }, (_, index) =>
    startClient(world, scheduler.live(`client-${String(index)}`), traffic, plan.requests),
  );

  const record = createRecordInvariant(world);
  const topic = createTopicInvariant(world);
  const readModel = createReadModelInvariant(world);
  const feed = createFeedInvariant(world, readModel.checkpoint);
  const following = createFollowersInvariant(world, followers);
  const checkAll = (): void => {
    const failure = world.failure();
    if (failure !== null) throw failure;
    record();
    topic();
    readModel.check();
    feed.check();
    following();
  };

  const areAnswered = (): boolean => clients.every((client) => client.isDone());
  const isPublished = (): boolean =>
    population.projectors().some((life) => !life.isDead() && progress.get(life)?.feedPosition === log.head());
  const areFollowing = (): boolean => {
    const { epoch, position } = feed.head();
    return followers.every(({ held }) => held.epoch === epoch && held.position === position);
  };
  const isAtRest = (): boolean =>
    areAnswered() &&
    group.isSettled() &&
    relayMemory.checkpoint().position === log.head() &&
    readModel.checkpoint() === log.head() &&
    isPublished() &&
    areFollowing();

  let steps = 0;
  const step = async (): Promise<void> => {
    await scheduler.step();
    steps += 1;
    checkAll();
  };

  const run = async (): Promise<void> => {
    while (!areAnswered() && steps < roughSteps) await step();
    scheduler.calmDown();
    for (let left = calmSteps; !isAtRest(); left -= 1) {
      if (left === 0) throw new Violation('all comes to rest', `not within ${String(calmSteps)} steps`);
      population.startAll();
      const zombie = group.tellZombie();
      if (zombie !== null) await zombie.go();
      await step();
    }
    await checkAtRest(world, followers, feed);
  };

  const violation = await run().then(
    () => null,
    (error: unknown) => {
      if (error instanceof Violation) return error;
      throw error;
    },
  );
  return {
    violation,
    steps,
    events: log.events.length,
    entries: feed.head().position,
    fingerprint: scheduler.fingerprint(),
    trace: scheduler.trace(),
  };
};
