import type { Side, Way } from '@stance/test-services';

import type { SeededRandom } from '../../../support/seeded-random.ts';
import type { Fault, Ground } from '../fault.ts';
import { whoIsAtWork } from './processes.ts';

const stores = ['eventStore', 'broker', 'database'] as const;
type Store = (typeof stores)[number];
const words: Readonly<Record<Store, string>> = { eventStore: 'event store', broker: 'broker', database: 'database' };

/** The ways to a store that go bad: of one half of the processes, or of all. */
const someWays = (store: Store, { cluster, random }: Ground): readonly Way[] => {
  const [one, two] = cluster.stores.sides;
  const sides: readonly Side[] = random.pick([[one], [two], [one, two]]);
  return sides.map((side) => side[store]);
};

const spoil = (store: Store, how: string, spoiled: (way: Way, random: SeededRandom) => Promise<void>): Fault => ({
  name: `${how} to the ${words[store]}`,
  async happen(ground) {
    const { random, untilAcknowledged, last } = ground;
    const ways = someWays(store, ground);
    await untilAcknowledged(random.integer(60));
    try {
      for (const way of ways) await spoiled(way, random);
      await last(200 + random.integer(14_000));
    } finally {
      for (const way of ways) await way.heal();
    }
  },
});

export const wayFaults: readonly Fault[] = [
  ...stores.flatMap((store) => [
    spoil(store, 'connections that are cut', (way) => way.cut()),
    spoil(store, 'connections that hang', (way) => way.hang()),
    spoil(store, 'slow connections', (way, random) => way.delay(20 + random.integer(400), random.integer(20))),
    spoil(store, 'throttled connections', (way, random) => way.throttle(20 + random.integer(200))),
    spoil(store, 'connections that break again and again', (way, random) =>
      way.breakAfter(1000 + random.integer(50_000)),
    ),
  ]),
  {
    name: 'a projector at work that is cut off from the broker alone until another has taken over',
    async happen({ cluster, random, untilAcknowledged }) {
      const active = await whoIsAtWork(cluster, 'projector');
      const other = cluster.stores.sides.find((side) => side !== active.side);
      await untilAcknowledged(random.integer(60));
      try {
        await (random.integer(2) === 0 ? active.side.broker.cut() : active.side.broker.hang());
        // Where all others are on the same side as it, nobody can.
        if (cluster.members.some(({ service, side }) => service === 'projector' && side === other)) {
          await whoIsAtWork(cluster, 'projector', active);
        }
      } finally {
        await active.side.broker.heal();
      }
    },
  },
];
