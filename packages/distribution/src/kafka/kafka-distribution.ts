import type { DistributionWriter, JoinGroup } from '../distribution.ts';
import { parseBrokerUrl } from './broker-url.ts';
import { createClient } from './client.ts';
import { within } from './deadline.ts';
import { toDistributionError } from './kafka-failure.ts';
import { joinKafkaGroup } from './kafka-member.ts';
import { createKafkaWriter } from './kafka-writer.ts';
import type { KafkaLogger } from './logging.ts';
import type { Sockets } from './sockets.ts';
import { ensureTopic, eventsTopic } from './topic.ts';

export interface KafkaDistributionOptions {
  /**
   * `kafka://host:9092,host:9092`, with `user:password@` in front of the hosts and options behind them: `ssl`, `mechanism`,
   * `topicPrefix`, `partitions`, `replicationFactor`.
   */
  readonly url: string;
  /** As which the brokers log this process. */
  readonly clientId?: string;
  /** Where kafkajs logs; nowhere if left out. */
  readonly logger?: KafkaLogger;
  /** Milliseconds for one call of a writer's `send`. */
  readonly sendDeadline?: number;
  /** Milliseconds without a sign of life after which another member takes over; brokers refuse less than 6,000. */
  readonly sessionTimeout?: number;
  /** Milliseconds after which an active member says that nothing has come in. */
  readonly quietAfter?: number;
  /** Connections that can be cut, of one client each time it is called. */
  readonly createSockets?: () => Sockets;
}

export interface KafkaDistribution {
  readonly topic: string;
  /** Connects at the first call of `send`. */
  createWriter(): DistributionWriter;
  /** The group of that name, behind the prefix of the topics. */
  group(name: string): JoinGroup;
}

const startDeadline = 20_000;

/**
 * The distribution by way of Kafka. Makes the topic `stance.events.v1` where it is missing.
 *
 * @throws DistributionError `distribution-misconfigured`, `distribution-denied`, `distribution-topic-missing`,
 *   `distribution-unavailable`: in one line that says what to do.
 */
export async function openKafkaDistribution(options: KafkaDistributionOptions): Promise<KafkaDistribution> {
  const { clientId = 'stance', logger = null, createSockets } = options;
  const { sendDeadline = 15_000, sessionTimeout = 10_000, quietAfter = 15_000 } = options;
  const url = parseBrokerUrl(options.url);
  const topic = eventsTopic(url.topicPrefix);
  const connect = () => createClient({ url, clientId, logger }, createSockets?.());

  const client = connect();
  try {
    await within(startDeadline, 'connecting', ensureTopic(client.kafka, topic, url));
  } catch (error) {
    throw toDistributionError(error, url.place, topic.name);
  } finally {
    client.cut();
  }

  return {
    topic: topic.name,
    createWriter: () => createKafkaWriter({ connect, url, topic, deadline: sendDeadline }),
    group: (name) => (listener) => {
      const groupId = `${url.topicPrefix}${name}`;
      return joinKafkaGroup({ connect, url, topic, groupId, listener, sessionTimeout, quietAfter });
    },
  };
}
