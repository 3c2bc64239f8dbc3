import { watermarkType } from '@stance/distribution';
import type { FeedMessage } from '@stance/distribution';
import type { OpenedFeedTopics } from '@stance/distribution/contract-suite';
import { openKafkaFeedTopics } from '@stance/distribution/kafka';
import type { IHeaders } from 'kafkajs';

import { bareKafka, partitions } from './opened-kafka.ts';

const texts = (headers: IHeaders = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** Reads what was committed of a topic, until each partition has had the watermark of a sequence; with a consumer of its own. */
export async function readTopic(broker: string, topic: string, sequence: number): Promise<FeedMessage[][]> {
  const records = Array.from({ length: partitions }, (): FeedMessage[] => []);
  const done = Promise.withResolvers<void>();
  const unfinished = new Set(records.keys());
  const consumer = bareKafka(broker).consumer({ groupId: `${topic}-${String(sequence)}-${String(Math.random())}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message: { key, value, headers } }) => {
      const record = { key: key?.toString() ?? null, value: value?.toString() ?? null, headers: texts(headers) };
      const { ce_type: type, ce_sequence: at } = record.headers;
      if (type === watermarkType && at === String(sequence)) {
        unfinished.delete(partition);
        if (unfinished.size === 0) done.resolve();
      }
      records[partition]?.push(record);
    },
  });
  await done.promise;
  await consumer.disconnect();
  return records;
}

/** Topics of a feed, with names of their own. */
export async function openOwnFeedTopics(broker: string, topicPrefix: string): Promise<OpenedFeedTopics> {
  const url = `kafka://${broker}?topicPrefix=${topicPrefix}&partitions=${String(partitions)}`;
  const topics = await openKafkaFeedTopics({ url });
  const admin = bareKafka(broker).admin();
  await admin.connect();
  const remove = async (): Promise<void> => {
    const present = await admin.listTopics();
    await admin.deleteTopics({ topics: [topics.entries, topics.current].filter((topic) => present.includes(topic)) });
  };
  return {
    partitions,
    createWriter: () => topics.createWriter(),
    entries: (sequence) => readTopic(broker, topics.entries, sequence),
    current: (sequence) => readTopic(broker, topics.current, sequence),
    recreate: remove,
    async close() {
      await remove();
      await admin.disconnect();
    },
  };
}
