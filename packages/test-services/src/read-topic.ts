import { randomUUID } from 'node:crypto';

import { Kafka, logLevel } from 'kafkajs';

/** A record as a broker has it. */
export interface TopicRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads what was committed of a topic from its beginning, with a consumer that has nothing to do with those of the project.
 *
 * @param address `host:port` of a broker
 * @param isEnd says of a record that its partition need not be read any further.
 * @returns the records of each partition, in their order, once each has had its end.
 */
export const readTopic = async (
  address: string,
  topic: string,
  isEnd: (record: TopicRecord) => boolean,
): Promise<readonly (readonly TopicRecord[])[]> => {
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const partitions = (await admin.fetchTopicOffsets(topic)).length;
  await admin.disconnect();
  const records = Array.from({ length: partitions }, (): TopicRecord[] => []);
  const unfinished = new Set(records.keys());
  const done = Promise.withResolvers<void>();
  const consumer = kafka.consumer({ groupId: `${topic}-${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message: { key, value, headers = {} } }) => {
      const record: TopicRecord = {
        key: key?.toString() ?? null,
        value: value?.toString() ?? null,
        headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
      };
      records[partition]?.push(record);
      if (!isEnd(record)) return;
      unfinished.delete(partition);
      if (unfinished.size === 0) done.resolve();
    },
  });
  await done.promise;
  await consumer.disconnect();
  return records;
};
