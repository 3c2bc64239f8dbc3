import { watermarkType } from '@stance/distribution';
import type { FeedMessage } from '@stance/distribution';
import type { OpenedFeedTopics } from '@stance/distribution/contract-suite';
import { openKafkaFeedTopics } from '@stance/distribution/kafka';
import { readTopic } from '@stance/test-services';

import { bareKafka, partitions } from './opened-kafka.ts';

/** Reads what was committed of a topic, until each partition has had the watermark of a sequence. */
const readUpTo = (broker: string, topic: string, sequence: number): Promise<readonly (readonly FeedMessage[])[]> =>
  readTopic(
    broker,
    topic,
    ({ headers }) => headers['ce_type'] === watermarkType && headers['ce_sequence'] === String(sequence),
  );

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
    entries: (sequence) => readUpTo(broker, topics.entries, sequence),
    current: (sequence) => readUpTo(broker, topics.current, sequence),
    recreate: async () => {
      await remove();
      await openKafkaFeedTopics({ url });
    },
    async close() {
      await remove();
      await admin.disconnect();
    },
  };
}
