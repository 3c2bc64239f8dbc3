import type { SeededRandom } from '../support/seeded-random.ts';
import type { Numbering } from './recorded-log.ts';
import type { Weather } from './scheduler.ts';

/** What a seed decides before anything goes on. */
export interface Plan {
  readonly weather: Weather;
  readonly numbering: Numbering;
  readonly partitions: number;
  readonly ingestions: number;
  readonly relays: number;
  readonly projectors: number;
  readonly followers: number;
  readonly clients: number;
  /** How many requests each client makes, about. */
  readonly requests: number;
  readonly relayBatch: number;
  /** How much of a partition the ordered log keeps. */
  readonly bufferedEvents: number;
  /** Whether the read model, and whether the feed, may get lost on the way. */
  readonly losesReadModel: boolean;
  readonly losesFeed: boolean;
}

export const planOf = (random: SeededRandom): Plan => ({
  weather: {
    faults: random.pick([0, 15, 40, 100]),
    delays: random.pick([0, 30, 100]),
    happenings: random.pick([10, 20, 40]),
  },
  numbering: random.pick(['counted', 'offsets']),
  partitions: 1 + random.integer(4),
  ingestions: 2,
  relays: 2,
  projectors: 2 + random.integer(2),
  followers: 3,
  clients: 2 + random.integer(2),
  requests: 6 + random.integer(16),
  relayBatch: random.pick([1, 2, 5, 100]),
  bufferedEvents: random.pick([2, 5, 4096]),
  losesReadModel: random.integer(2) === 0,
  losesFeed: random.integer(8) === 0,
});
