import type { Kafka } from 'kafkajs';

import { DistributionError } from '../errors.ts';
import type { FeedTopicsSession, FeedTopicsWriter } from '../feed/feed-topics.ts';
import { parseBrokerUrl } from './broker-url.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { within } from './deadline.ts';
import { openFeedSession } from './feed-session.ts';
import { toDistributionError } from './kafka-failure.ts';
import type { KafkaDistributionOptions } from './kafka-distribution.ts';
import { Partitioners } from './kafkajs.ts';
import { currentTopic, ensureTopic, entriesTopic } from './topic.ts';

export type KafkaFeedTopicsOptions = Pick<
  KafkaDistributionOptions,
  'url' | 'clientId' | 'logger' | 'sendDeadline' | 'createSockets'
>;

/** The topics of the feed on Kafka. */
export interface KafkaFeedTopics {
  readonly entries: string;
  readonly current: string;
  /** Connects when it takes over. */
  createWriter(): FeedTopicsWriter;
}

const startDeadline = 20_000;
const takeOverDeadline = 30_000;

/**
 * The topics of the feed: `stance.changes.v1` and, compacted, `stance.changes.current.v1`. Who takes over shuts out whoever
 * did before by the id of their transactions, which the brokers give to one producer at a time. Makes them where they are
 * missing.
 *
 * @throws DistributionError `distribution-misconfigured` (also where a topic has other settings than it needs),
 *   `distribution-denied`, `distribution-topic-missing`, `distribution-unavailable`: in one line that says what to do.
 */
export async function openKafkaFeedTopics(options: KafkaFeedTopicsOptions): Promise<KafkaFeedTopics> {
  const { clientId = 'stance', logger = null, sendDeadline = 15_000, createSockets } = options;
  const url = parseBrokerUrl(options.url);
  const [entries, current] = [entriesTopic(url.topicPrefix), currentTopic(url.topicPrefix)];
  const transactionalId = `${url.topicPrefix}stance-changes`;

  const ensureTopics = async (kafka: Kafka) => ({
    entries: { name: entries.name, partitions: await ensureTopic(kafka, entries, url) },
    current: { name: current.name, partitions: await ensureTopic(kafka, current, url) },
  });

  async function open(client: Client, drop: () => void): Promise<FeedTopicsSession> {
    const { kafka } = client;
    const found = await ensureTopics(kafka);
    const producer = kafka.producer({
      transactionalId,
      maxInFlightRequests: 1,
      // Of one that is gone without a word nobody waits for longer than that who reads what was committed.
      transactionTimeout: 2 * sendDeadline,
      allowAutoTopicCreation: false,
      // Partitions are chosen here; this keeps kafkajs from warning of the choice.
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 2000 },
    });
    await producer.connect();
    // The first transaction of a producer is what takes the id over; this one is empty.
    await (await producer.transaction()).commit();
    const admin = kafka.admin();
    await admin.connect();
    return openFeedSession({ ...found, client, admin, producer, url, deadline: sendDeadline, drop });
  }

  const client = createClient({ url, clientId, logger }, createSockets?.());
  try {
    await within(startDeadline, 'connecting', ensureTopics(client.kafka));
  } catch (error) {
    throw toDistributionError(error, url.place, entries.name);
  } finally {
    client.cut();
  }

  return {
    entries: entries.name,
    current: current.name,
    createWriter() {
      let connected: Client | null = null;
      let closed = false;
      const drop = (): void => {
        connected?.cut();
        connected = null;
      };
      return {
        async takeOver() {
          if (closed) throw new DistributionError('distribution-closed', 'the writer of the distribution is closed');
          drop();
          const opening = createClient({ url, clientId, logger }, createSockets?.());
          connected = opening;
          const dropThis = (): void => {
            opening.cut();
            if (connected === opening) connected = null;
          };
          try {
            return await within(takeOverDeadline, 'taking over', open(opening, dropThis));
          } catch (error) {
            dropThis();
            throw toDistributionError(error, url.place, entries.name);
          }
        },
        async close() {
          closed = true;
          drop();
        },
      };
    },
  };
}
