import { setTimeout as delay } from 'node:timers/promises';

import type { Admin, Kafka } from 'kafkajs';

import { DistributionError } from '../errors.ts';
import type { BrokerUrl } from './broker-url.ts';
import { toDistributionError } from './kafka-failure.ts';
import { topicResource } from './kafkajs.ts';

/** A topic that this makes where it is missing. */
export interface TopicSpec {
  readonly name: string;
  /** What it is made with, as the brokers name it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Those of the settings without which it cannot be used, where others made it too. */
  readonly needed: readonly string[];
}

const days = 24 * 60 * 60 * 1000;
const retention = String(30 * days);

/** The topic of the events. What stands here is read again from the event store where it is missed: it need not be kept for ever. */
export const eventsTopic = (prefix: string): TopicSpec => ({
  name: `${prefix}stance.events.v1`,
  // A document of the longest allowed text, as JSON.
  settings: { 'cleanup.policy': 'delete', 'retention.ms': retention, 'max.message.bytes': String(8 * 1024 * 1024) },
  needed: [],
});

/** The topic of a part of history that is told again. It is for one consumer, and not for long. */
export const replayTopic = (prefix: string, id: string): TopicSpec => ({
  name: `${prefix}stance.replay.${id}`,
  settings: {
    'cleanup.policy': 'delete',
    'retention.ms': String(7 * days),
    // Events of years are told at once, and count as sent now.
    'message.timestamp.type': 'LogAppendTime',
    'max.message.bytes': String(8 * 1024 * 1024),
  },
  needed: ['cleanup.policy'],
});

/** The topic of the feed's entries. */
export const entriesTopic = (prefix: string): TopicSpec => ({
  name: `${prefix}stance.changes.v1`,
  settings: { 'cleanup.policy': 'delete', 'retention.ms': retention },
  needed: ['cleanup.policy'],
});

/** The topic of the current set of changes. Who was away for as long as entries are kept misses no removal. */
export const currentTopic = (prefix: string): TopicSpec => ({
  name: `${prefix}stance.changes.current.v1`,
  settings: { 'cleanup.policy': 'compact', 'delete.retention.ms': retention },
  needed: ['cleanup.policy'],
});

/**
 * Makes the topic where it is missing, and says how many partitions it has.
 *
 * @throws DistributionError `distribution-topic-missing` where it is, and may not be made; `distribution-misconfigured`
 *   where it has other settings than it needs; `distribution-denied`, `distribution-unavailable`.
 */
export async function ensureTopic(kafka: Kafka, topic: TopicSpec, url: BrokerUrl): Promise<number> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    if (!(await admin.listTopics()).includes(topic.name)) await createTopic(admin, topic, url);
    const partitions = await partitionsOf(admin, topic.name);
    if (topic.needed.length > 0) await checkSettings(admin, topic, url.place);
    return partitions;
  } catch (error) {
    throw toDistributionError(error, url.place, topic.name);
  } finally {
    // It has said what it knows.
    await admin.disconnect().catch(() => undefined);
  }
}

async function checkSettings(admin: Admin, { name, settings, needed }: TopicSpec, place: string): Promise<void> {
  const answer = await admin
    .describeConfigs({ includeSynonyms: false, resources: [{ type: topicResource, name, configNames: [...needed] }] })
    // Who may not look at them may still write.
    .catch((error: unknown) => {
      if (toDistributionError(error, place, name).code === 'distribution-denied') return null;
      throw error;
    });
  for (const { configName, configValue } of answer?.resources[0]?.configEntries ?? []) {
    const wanted = settings[configName];
    if (wanted === undefined || configValue === wanted) continue;
    throw new DistributionError(
      'distribution-misconfigured',
      `${place}: the topic ${name} has ${configName}=${configValue}, and needs ${configName}=${wanted}: set that, or ` +
        'delete the topic, and it is made anew and filled again',
    );
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

async function createTopic(
  admin: Admin,
  { name, settings }: TopicSpec,
  { partitions, replicationFactor, place }: BrokerUrl,
): Promise<void> {
  try {
    await admin.createTopics({
      // It would give up on a broker that has not heard of the topic yet.
      waitForLeaders: false,
      topics: [
        {
          topic: name,
          numPartitions: partitions,
          replicationFactor,
          configEntries: Object.entries(settings).map(([setting, value]) => ({ name: setting, value })),
        },
      ],
    });
  } catch (error) {
    const failure = toDistributionError(firstOf(error), place, name);
    if (failure.code !== 'distribution-denied') throw failure;
    throw new DistributionError(
      'distribution-topic-missing',
      `${place}: there is no topic ${name}, or it may not be seen, and it may not be made: make it with ` +
        `${[`${String(partitions)} partitions`, ...Object.entries(settings).map((setting) => setting.join('='))].join(', ')}, ` +
        'or give the right to',
      { cause: error },
    );
  }
}

/** kafkajs gathers what is wrong with each topic. */
const firstOf = (error: unknown): unknown =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? (error.errors[0] ?? error) : error;
