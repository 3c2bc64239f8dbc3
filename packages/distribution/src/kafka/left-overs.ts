import { randomUUID } from 'node:crypto';

import type { EachBatchPayload, KafkaMessage } from 'kafkajs';

import { DistributionError } from '../errors.ts';
import { createLeftOverSearch } from '../feed/feed-messages.ts';
import type { LeftOver } from '../feed/feed-topics.ts';
import type { BrokerUrl } from './broker-url.ts';
import type { Client } from './client.ts';
import { within } from './deadline.ts';
import type { FoundTopic } from './feed-session.ts';

export interface LeftOversParts {
  readonly client: Client;
  readonly url: BrokerUrl;
  readonly topic: FoundTopic;
  readonly generation: number;
  /** The id of a watermark that stands in every partition: so far is read. */
  readonly until: string;
  /** Milliseconds without a record after which it is given up. */
  readonly quietFor: number;
}

const leaveDeadline = 5000;

const header = ({ headers }: KafkaMessage, name: string): string => String(headers?.[name] ?? '');

/**
 * Reads the current set from its beginning up to a watermark, in a group of its own that keeps no offsets.
 *
 * @returns those changes whose last record is of a generation before, and no tombstone.
 */
export async function findLeftOvers(parts: LeftOversParts): Promise<readonly LeftOver[]> {
  const { client, url, topic, generation, until, quietFor } = parts;
  const searches = Array.from({ length: topic.partitions }, () => createLeftOverSearch(generation));
  const unfinished = new Set(searches.keys());
  const ended = Promise.withResolvers<void>();
  const giveUp = (): void => {
    const message = `${url.place}: topic ${topic.name} could not be read to its end: nothing has come in for a while`;
    ended.reject(new DistributionError('distribution-unavailable', message, { retryable: true }));
  };
  let quiet = setTimeout(giveUp, quietFor);

  const consumer = client.kafka.consumer({
    groupId: `${url.topicPrefix}stance-feed-relay-${randomUUID()}`,
    allowAutoTopicCreation: false,
    retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 1000, restartOnFailure: () => Promise.resolve(false) },
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => ended.reject(payload.error));

  async function onBatch({ batch: { partition, messages } }: EachBatchPayload): Promise<void> {
    clearTimeout(quiet);
    quiet = setTimeout(giveUp, quietFor);
    for (const message of messages) {
      searches[partition]?.take({
        key: message.key?.toString('utf8') ?? null,
        isTombstone: message.value === null,
        generation: Number(header(message, 'ce_generation')),
      });
      if (header(message, 'ce_id') === until) unfinished.delete(partition);
    }
    if (unfinished.size === 0) ended.resolve();
  }

  const start = async (): Promise<void> => {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic.name], fromBeginning: true });
    await consumer.run({ autoCommit: false, partitionsConsumedConcurrently: topic.partitions, eachBatch: onBatch });
  };

  try {
    start().catch((error: unknown) => ended.reject(error));
    await ended.promise;
  } finally {
    clearTimeout(quiet);
    // It has been seen to wait for ever.
    await within(leaveDeadline, 'leaving the group', consumer.disconnect()).catch(() => undefined);
  }
  return searches.flatMap((search, partition) => search.found().map((changeId) => ({ partition, changeId })));
}
