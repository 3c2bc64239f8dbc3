import { expect, vi } from 'vitest';

import type { ClusterService } from '../../../support/cluster.ts';
import type { Fault, Ground } from '../fault.ts';
import type { FrailCluster } from '../frail-cluster.ts';
import type { Member } from '../member.ts';

const of = (cluster: FrailCluster, service: ClusterService): readonly Member[] =>
  cluster.members.filter((member) => member.service === service);

/** The member of a service that works while the others stand by. */
export const whoIsAtWork = ({ members }: FrailCluster, service: ClusterService, without?: Member): Promise<Member> =>
  vi.waitFor(
    async () => {
      for (const member of members) {
        if (member.service === service && member !== without && (await member.isAtWork())) return member;
      }
      throw new Error(`no ${service} is at work`);
    },
    { timeout: 90_000, interval: 100 },
  );

const standby = async (cluster: FrailCluster, service: ClusterService): Promise<Member> => {
  const active = await whoIsAtWork(cluster, service);
  const [other] = of(cluster, service).filter((member) => member !== active);
  return other ?? active;
};

const killed = async (...members: readonly Member[]): Promise<void> => {
  await Promise.all(members.map((member) => member.kill()));
  for (const member of members) await member.start();
};

const kill = (name: string, whom: (ground: Ground) => Promise<readonly Member[]>): Fault => ({
  name: `kill -9 of ${name}`,
  async happen(ground) {
    const members = await whom(ground);
    await ground.untilAcknowledged(ground.random.integer(60));
    await ground.last(ground.random.integer(50));
    await killed(...members);
  },
});

/** Stopped until another one has taken over: then it comes back, and does not know that it has lost its place. */
const zombie = (service: ClusterService): Fault => ({
  name: `a ${service} that hangs until another has taken over, and comes back`,
  async happen({ cluster, random, untilAcknowledged }) {
    const active = await whoIsAtWork(cluster, service);
    await untilAcknowledged(random.integer(60));
    active.freeze();
    try {
      await whoIsAtWork(cluster, service, active);
      await untilAcknowledged(random.integer(60));
    } finally {
      active.thaw();
    }
  },
});

export const processFaults: readonly Fault[] = [
  kill('ingestion', ({ cluster }) => Promise.resolve(of(cluster, 'ingestion'))),
  kill('query', ({ cluster }) => Promise.resolve(of(cluster, 'query'))),
  kill('the relay at work', async ({ cluster }) => [await whoIsAtWork(cluster, 'relay')]),
  kill('a relay that stands by', async ({ cluster }) => [await standby(cluster, 'relay')]),
  kill('the projector at work', async ({ cluster }) => [await whoIsAtWork(cluster, 'projector')]),
  kill('a projector that stands by', async ({ cluster }) => [await standby(cluster, 'projector')]),
  kill('all relays and projectors', ({ cluster }) =>
    Promise.resolve([...of(cluster, 'relay'), ...of(cluster, 'projector')]),
  ),
  kill('some processes at once', ({ cluster, random }) => {
    const chosen = cluster.members.filter(() => random.integer(2) === 0);
    return Promise.resolve(chosen.length > 0 ? chosen : cluster.members);
  }),
  zombie('projector'),
  zombie('relay'),
  {
    name: 'processes that join while others leave',
    async happen({ cluster, random, untilAcknowledged }) {
      const service = random.pick(['projector', 'relay']);
      const leaving = random.integer(2) === 0 ? await whoIsAtWork(cluster, service) : await standby(cluster, service);
      await cluster.join(service, random.pick(cluster.stores.sides));
      await untilAcknowledged(random.integer(30));
      expect(await leaving.stop(), leaving.written()).toBe(0);
      cluster.leave(leaving);
    },
  },
  {
    name: 'a process that is asked to stop, and started again',
    async happen({ cluster, random, untilAcknowledged }) {
      const member = cluster.members[random.integer(cluster.members.length)];
      if (member === undefined) throw new RangeError('nobody is there');
      await untilAcknowledged(random.integer(60));
      expect(await member.stop(), member.written()).toBe(0);
      await member.start();
    },
  },
];
