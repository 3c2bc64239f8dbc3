import { describeFeedTopicsContract } from '@stance/distribution/contract-suite';
import { openKafkaFeedTopics } from '@stance/distribution/kafka';
import { testKafka } from '@stance/test-services';
import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';
import { describe, expect, it, onTestFinished } from 'vitest';

import { openOwnFeedTopics } from './support/opened-feed-topics.ts';
import { bareKafka } from './support/opened-kafka.ts';

const kafka = await testKafka();

describe.skipIf(kafka.missing !== null)(`the topics of the feed on Kafka${kafka.note}`, { timeout: 90_000 }, () => {
  describeFeedTopicsContract('Kafka', () => openOwnFeedTopics(kafka.broker, kafka.topicPrefix()));

  const connect = async () => {
    const topicPrefix = kafka.topicPrefix();
    const admin = bareKafka(kafka.broker).admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    return { admin, topicPrefix, url: `kafka://${kafka.broker}?topicPrefix=${topicPrefix}&partitions=2` };
  };
  const settingsOf = async (admin: Admin, topic: string) => {
    const { resources } = await admin.describeConfigs({
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
      includeSynonyms: false,
    });
    return new Map(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]));
  };

  it('are made with what they need', async () => {
    const { admin, url } = await connect();
    const topics = await openKafkaFeedTopics({ url });
    const entries = await settingsOf(admin, topics.entries);
    expect(entries.get('cleanup.policy')).toBe('delete');
    expect(entries.get('retention.ms')).toBe(String(30 * 24 * 60 * 60 * 1000));
    const current = await settingsOf(admin, topics.current);
    expect(current.get('cleanup.policy')).toBe('compact');
    expect(current.get('delete.retention.ms')).toBe(String(30 * 24 * 60 * 60 * 1000));
  });

  it('are refused where somebody made them so that they would lose what they have to keep', async () => {
    const { admin, topicPrefix, url } = await connect();
    const topic = `${topicPrefix}stance.changes.current.v1`;
    await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true });
    await expect(openKafkaFeedTopics({ url })).rejects.toMatchObject({
      code: 'distribution-misconfigured',
      retryable: false,
      message: expect.stringMatching(
        /current\.v1 has cleanup\.policy=delete, and needs cleanup\.policy=compact: set that, or delete the topic/,
      ),
    });
  });
});

it('says in one line where nobody listens', async () => {
  await expect(openKafkaFeedTopics({ url: 'kafka://127.0.0.1:1' })).rejects.toMatchObject({
    code: 'distribution-unavailable',
    retryable: true,
    message: expect.stringMatching(/^kafka:\/\/127\.0\.0\.1:1: .*ECONNREFUSED.*$/),
  });
});
