import { connect, type Socket } from 'node:net';

import type { OpenedDistribution } from '@stance/distribution/contract-suite';
import { openKafkaDistribution, type KafkaDistributionOptions } from '@stance/distribution/kafka';
import { Kafka, logLevel } from 'kafkajs';

export const partitions = 4;
/** The least that brokers allow. */
const sessionTimeout = 6000;

/** Connections of one process, which can be cut and mended. */
export function createCuttable() {
  const open = new Set<Socket>();
  let isCut = false;
  const end = (): void => {
    for (const socket of open) socket.destroy(new Error('cut off'));
  };
  return {
    createSockets: (): ReturnType<NonNullable<KafkaDistributionOptions['createSockets']>> => ({
      factory({ host, port, onConnect }) {
        if (isCut) throw new Error('cut off');
        const socket = connect({ host, port }, onConnect);
        open.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => open.delete(socket));
        return socket;
      },
      cut: end,
    }),
    cut(): void {
      isCut = true;
      end();
    },
    mend(): void {
      isCut = false;
    },
  };
}

/** A client of a test's own, to look at the brokers with and to do harm. */
export function bareKafka(broker: string): Kafka {
  return new Kafka({ clientId: 'test', brokers: [broker], logLevel: logLevel.NOTHING });
}

/** A distribution with topics and groups of its own. */
export async function openOwnKafka(broker: string, topicPrefix: string): Promise<OpenedDistribution> {
  const url = `kafka://${broker}?topicPrefix=${topicPrefix}&partitions=${partitions}`;
  const distribution = await openKafkaDistribution({ url, sessionTimeout });
  const { topic } = distribution;
  const kafka = bareKafka(broker);
  const admin = kafka.admin();
  await admin.connect();
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  return {
    partitions,
    createWriter: () => distribution.createWriter(),
    group: (name) => ({
      join: distribution.group(name),
      async joinCuttable(listener) {
        const { createSockets, cut, mend } = createCuttable();
        const own = await openKafkaDistribution({ url, sessionTimeout, createSockets });
        return { member: await own.group(name)(listener), cut: async () => cut(), mend: async () => mend() };
      },
      async setOffsets(offset) {
        const groupId = `${topicPrefix}${name}`;
        if (offset === null) {
          await admin.deleteGroups([groupId]);
        } else {
          const offsets = all.map((partition) => ({ partition, offset: String(offset) }));
          await admin.setOffsets({ groupId, topic, partitions: offsets });
        }
      },
    }),
    async truncate(partition, before) {
      // Loads what kafkajs wants to know of the topic.
      await admin.fetchTopicMetadata({ topics: [topic] });
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(before) }] });
    },
    async spoil(partition) {
      const producer = kafka.producer();
      await producer.connect();
      await producer.send({ topic, messages: [{ partition, value: 'none of ours' }] });
      await producer.disconnect();
    },
    async close() {
      await admin.deleteTopics({ topics: [topic] });
      await admin.disconnect();
    },
  };
}
