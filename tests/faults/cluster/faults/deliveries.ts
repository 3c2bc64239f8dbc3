import { openKafkaDistribution } from '@stance/distribution/kafka';
import type { LinkedEvent } from '@stance/distribution';
import { openEventStoreDb } from '@stance/event-store/eventstoredb';
import { createBrokerTools, queryPostgres } from '@stance/test-services';
import { vi } from 'vitest';

import type { SeededRandom } from '../../../support/seeded-random.ts';
import type { Fault, Ground } from '../fault.ts';
import type { FrailCluster } from '../frail-cluster.ts';
import { whoIsAtWork } from './processes.ts';

/** The whole log, as a relay would send it. */
const linkedLog = async ({ direct }: FrailCluster): Promise<readonly LinkedEvent[]> => {
  const store = await openEventStoreDb({ url: direct.eventStoreUrl });
  try {
    const linked: LinkedEvent[] = [];
    for (let after = 0; ;) {
      const { events, position } = await store.readAll({ after, limit: 5000 });
      if (position === after) return linked;
      for (const event of events) {
        linked.push({ event, previous: linked.at(-1)?.event.position ?? 0, count: linked.length + 1 });
      }
      after = position;
    }
  } finally {
    await store.close();
  }
};

const shuffled = <Each>(all: readonly Each[], random: SeededRandom): readonly Each[] =>
  all
    .map((each) => ({ each, at: random.integer(1_000_000) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ each }) => each);

/** Sends some of the log once more, as a relay that comes back from the dead: what it says was true once. */
const resend = async ({ cluster, random }: Ground, inOrder: boolean): Promise<void> => {
  const log = await linkedLog(cluster);
  const from = random.integer(log.length);
  const chosen = log.slice(from, from + 1 + random.integer(500));
  const writer = (await openKafkaDistribution({ url: cluster.direct.brokerUrl })).createWriter();
  try {
    const events = inOrder ? chosen : shuffled(chosen, random);
    const before = log[from - 1];
    const watermark = {
      position: before?.event.position ?? 0,
      count: before?.count ?? 0,
      recordedAt: before?.event.recordedAt ?? 0,
    };
    const size = 1 + random.integer(60);
    for (let next = 0; next < events.length; next += size) {
      await writer.send(events.slice(next, next + size), watermark);
    }
  } finally {
    await writer.close();
  }
};

const names = ({ direct }: FrailCluster) => {
  const url = new URL(direct.brokerUrl.replace('kafka:', 'http:'));
  const prefix = url.searchParams.get('topicPrefix') ?? '';
  return { tools: createBrokerTools(url.host), topic: `${prefix}stance.events.v1`, group: `${prefix}stance-projector` };
};

/** Does something to the group's offsets, which a broker allows once nobody is in it. */
const whileNobodyReads = async (
  { cluster, random, untilAcknowledged }: Ground,
  work: (of: ReturnType<typeof names>) => Promise<void>,
): Promise<void> => {
  const projectors = cluster.members.filter(({ service }) => service === 'projector');
  const of = names(cluster);
  await untilAcknowledged(random.integer(60));
  await Promise.all(projectors.map((each) => each.stop()));
  await vi.waitFor(() => work(of), { timeout: 60_000, interval: 500 });
  await untilAcknowledged(random.integer(30));
  for (const each of projectors) await each.start();
};

const tamper = (name: string, statement: string): Fault => ({
  name,
  async happen({ cluster, random, untilAcknowledged }) {
    const query = queryPostgres(cluster.direct.readModelUrl);
    for (let times = 0; times < 3; times += 1) {
      await untilAcknowledged(random.integer(60));
      await query(statement);
    }
  },
});

export const deliveryFaults: readonly Fault[] = [
  {
    name: 'batches that are sent once more',
    async happen(ground) {
      await ground.untilAcknowledged(ground.random.integer(60));
      await resend(ground, true);
    },
  },
  {
    name: 'events that are sent once more, in any order',
    async happen(ground) {
      await ground.untilAcknowledged(ground.random.integer(60));
      await resend(ground, false);
    },
  },
  {
    name: 'offsets that are set to the beginning',
    happen: (ground) =>
      whileNobodyReads(ground, ({ tools, group, topic }) => tools.moveOffsets(group, topic, 'beginning')),
  },
  {
    name: 'offsets that are set to the end',
    happen: (ground) => whileNobodyReads(ground, ({ tools, group, topic }) => tools.moveOffsets(group, topic, 'end')),
  },
  {
    name: 'offsets that are lost',
    happen: (ground) => whileNobodyReads(ground, ({ tools, group }) => tools.deleteGroup(group)),
  },
  {
    name: 'projectors that start while no relay is there, behind all that was sent',
    async happen(ground) {
      const { cluster } = ground;
      const relays = cluster.members.filter(({ service }) => service === 'relay');
      await whileNobodyReads(ground, async ({ tools, group, topic }) => {
        await Promise.all(relays.map((each) => each.kill()));
        await tools.moveOffsets(group, topic, 'end');
      });
      await whoIsAtWork(cluster, 'projector');
      for (const each of relays) await each.start();
    },
  },
  {
    name: 'a topic that is deleted',
    async happen({ cluster, random, untilAcknowledged }) {
      const { tools, topic } = names(cluster);
      await untilAcknowledged(random.integer(60));
      await tools.deleteTopic(topic);
    },
  },
  tamper('a relay whose lease another may take', `UPDATE stance_relay.relay SET expires_at = '-infinity'`),
  // The one that has it now is told that it has it not, and the one before it believes to have it again.
  tamper(
    'two relays that both believe to have the lease',
    `UPDATE stance_relay.relay SET expires_at = '-infinity', epoch = greatest(epoch - 1, 0)`,
  ),
];
