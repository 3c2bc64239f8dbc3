import { setTimeout as delay } from 'node:timers/promises';

import type { Admin, Kafka } from 'kafkajs';

import { DistributionError } from '../errors.ts';
import type { BrokerUrl } from './broker-url.ts';
import { toDistributionError } from './kafka-failure.ts';

/** What stands here is read again from the event store where it is missed: so it need not be kept for ever. */
const retention = 30 * 24 * 60 * 60 * 1000;
/** A document of the longest allowed text, as JSON. */
const largestBatch = 8 * 1024 * 1024;

/**
 * Makes the topic where it is missing, and says how many partitions it has.
 *
 * @throws DistributionError `distribution-topic-missing` where it is, and may not be made; `distribution-denied`,
 *   `distribution-misconfigured`, `distribution-unavailable`.
 */
export async function ensureTopic(kafka: Kafka, topic: string, url: BrokerUrl): Promise<number> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    if (!(await admin.listTopics()).includes(topic)) await createTopic(admin, topic, url);
    return await partitionsOf(admin, topic);
  } catch (error) {
    throw toDistributionError(error, url.place, topic);
  } finally {
    // It has said what it knows.
    await admin.disconnect().catch(() => undefined);
  }
}

/** How often, and how many milliseconds apart, a topic is asked for that was just made: brokers learn of it one by one. */
const looks = { most: 100, pause: 100 };

const isUnknown = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION';

async function partitionsOf(admin: Admin, topic: string): Promise<number> {
  for (let looked = 1; ; looked++) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length ?? 0;
    } catch (error) {
      if (!isUnknown(error) || looked === looks.most) throw error;
      await delay(looks.pause);
    }
  }
}

async function createTopic(admin: Admin, topic: string, { partitions, replicationFactor, place }: BrokerUrl) {
  try {
    await admin.createTopics({
      // It would give up on a broker that has not heard of the topic yet.
      waitForLeaders: false,
      topics: [
        {
          topic,
          numPartitions: partitions,
          replicationFactor,
          configEntries: [
            { name: 'cleanup.policy', value: 'delete' },
            { name: 'retention.ms', value: String(retention) },
            { name: 'max.message.bytes', value: String(largestBatch) },
          ],
        },
      ],
    });
  } catch (error) {
    const failure = toDistributionError(firstOf(error), place, topic);
    if (failure.code !== 'distribution-denied') throw failure;
    throw new DistributionError(
      'distribution-topic-missing',
      `${place}: there is no topic ${topic}, or it may not be seen, and it may not be made: make it with ` +
        `${String(partitions)} partitions and max.message.bytes=${String(largestBatch)}, or give the right to`,
      { cause: error },
    );
  }
}

/** kafkajs gathers what is wrong with each topic. */
const firstOf = (error: unknown): unknown =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? (error.errors[0] ?? error) : error;
