import { createMemoryDistribution } from '@stance/distribution/memory';
import type { MemoryDistribution } from '@stance/distribution/memory';
import type { RelayMemory } from '@stance/relay-state/memory';

import { seededRandom } from '../support/seeded-random.ts';
import type { Files } from './files.ts';
import type { Life } from './life.ts';
import type { Parts } from './parts.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { createFeedSessions } from './ports/feed-sessions.ts';
import type { FeedSessions } from './ports/feed-sessions.ts';
import { createGroup } from './ports/group.ts';
import type { Group } from './ports/group.ts';
import type { IngestionProcess } from './processes/ingestion.ts';
import { createRecordedLog } from './recorded-log.ts';
import type { RecordedLog } from './recorded-log.ts';
import { createScheduler } from './scheduler.ts';
import type { Scheduler } from './scheduler.ts';
import type { Acknowledged, Request } from './traffic.ts';
import { Violation } from './violation.ts';

/** How far a projector says it has come. */
export interface Reported {
  readonly position: number;
  readonly feedPosition: number;
}

/** The clocks of a process: no two agree, and the one that tells the date may be put forward and back. */
export interface Clock {
  monotonic(): number;
  now(): number;
}

/** All that a run is made of: what is shared and lasts, and what the processes are given. */
export interface World {
  readonly seed: number;
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly files: Files;
  readonly parts: Parts;
  readonly log: RecordedLog;
  readonly distribution: MemoryDistribution;
  readonly group: Group;
  /** Puts the offset from which the next active member begins. */
  setOffset(partition: number, offset: bigint | null): void;
  readonly relayMemory: RelayMemory;
  /** A relay has got a lease. */
  leased(epoch: number): void;
  readonly feedSessions: FeedSessions;
  readonly progress: Map<Life, Reported>;
  readonly acknowledged: readonly Acknowledged[];
  acknowledge(request: Request, answer: Acknowledged): void;
  readonly newId: () => string;
  clockOf(life: Life): Clock;
  /** Puts the date of whatever has one forward or back. */
  shiftClocks(): void;
  /** One that runs, or is thought to. */
  anyIngestion(): IngestionProcess | null;
  ingestions: (IngestionProcess | null)[];
  /** What must hold does not: the run ends. */
  fail(violation: Violation): void;
  failure(): Violation | null;
}

const beginning = Date.UTC(2026, 0, 1);
/** In milliseconds: by so much a clock may be put forward or back. */
const widestShift = 40_000;

export const createWorld = (seed: number, files: Files, parts: Parts): World => {
  const random = seededRandom(seed);
  const plan = planOf(random);
  const scheduler = createScheduler(random, plan.weather);
  const shift = { store: 0, state: 0 };
  const log = createRecordedLog(() => beginning + Math.floor(scheduler.time()) + shift.store, plan.numbering);
  const distribution = createMemoryDistribution({ partitions: plan.partitions, mode: 'stepped' });
  const projectors = distribution.group('projectors');
  const acknowledged: Acknowledged[] = [];
  const offsets = new Map<Life, { monotonic: number; now: number }>();
  let failure: Violation | null = null;
  let ids = 0;
  let epoch = 0;

  const offsetOf = (life: Life) => {
    const known = offsets.get(life) ?? { monotonic: random.integer(100_000), now: random.integer(widestShift) };
    offsets.set(life, known);
    return known;
  };
  const shifted = (): number => random.integer(2 * widestShift) - widestShift;

  const world: Omit<World, 'feedSessions'> = {
    seed,
    plan,
    scheduler,
    files,
    parts,
    log,
    distribution,
    group: createGroup(projectors, scheduler),
    setOffset: projectors.setOffset,
    // What counts out leases is a clock that only grows; a jump of it makes two relays of one.
    relayMemory: parts.relayMemory({ clock: () => scheduler.time() + shift.state }),
    leased(given) {
      if (given <= epoch) world.fail(new Violation('each lease has a higher epoch than any before', String(given)));
      epoch = Math.max(epoch, given);
    },
    progress: new Map(),
    acknowledged,
    acknowledge: (_, answer) => void acknowledged.push(answer),
    newId: () => `00000000-0000-4000-8000-${(ids += 1).toString(16).padStart(12, '0')}`,
    clockOf: (life) => ({
      monotonic: () => scheduler.time() + offsetOf(life).monotonic,
      now: () => beginning + scheduler.time() + offsetOf(life).now,
    }),
    shiftClocks() {
      shift.store = shifted();
      shift.state += random.integer(widestShift);
      for (const offset of offsets.values()) offset.now = shifted();
    },
    ingestions: [],
    anyIngestion() {
      return world.ingestions[random.integer(world.ingestions.length)] ?? null;
    },
    fail(violation) {
      failure ??= violation;
    },
    failure: () => failure,
  };
  const whole: World = Object.assign(world, { feedSessions: undefined as unknown as FeedSessions });
  Object.assign(whole, { feedSessions: createFeedSessions(whole) });
  return whole;
};
