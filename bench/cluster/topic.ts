import { Kafka, logLevel } from 'kafkajs';
import type { Admin } from 'kafkajs';

export const topicOf = (prefix: string): string => `${prefix}stance.events.v1`;

/** A plain client: nothing here may load @stance/distribution, which makes kafkajs faster. */
export const plainClient = (broker: string): Kafka => {
  process.env['KAFKAJS_NO_PARTITIONER_WARNING'] = '1';
  return new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING });
};

/** As many as the distribution makes. */
const numPartitions = 12;

const administered = async <Result>(kafka: Kafka, work: (admin: Admin) => Promise<Result>): Promise<Result> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};

export const makeTopic = (kafka: Kafka, topic: string): Promise<boolean> =>
  administered(kafka, (admin) => admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: true }));

/** How many messages a topic holds, watermarks included. */
export const messagesIn = async (kafka: Kafka, topic: string): Promise<number> => {
  const offsets = await administered(kafka, (admin) => admin.fetchTopicOffsets(topic));
  return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
};
