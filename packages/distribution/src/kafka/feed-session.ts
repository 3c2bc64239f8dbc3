import { setTimeout as delay } from 'node:timers/promises';

import type { Admin, Message, Producer } from 'kafkajs';

import { DistributionError } from '../errors.ts';
import { changeMessages, removalMessage, watermarkMessages } from '../feed/feed-messages.ts';
import type { FeedMessage } from '../feed/feed-messages.ts';
import type { FeedTopicsSession } from '../feed/feed-topics.ts';
import type { BrokerUrl } from './broker-url.ts';
import type { Client } from './client.ts';
import { within } from './deadline.ts';
import { toDistributionError } from './kafka-failure.ts';
import { findLeftOvers } from './left-overs.ts';
import { partitionOf } from './partitioner.ts';
import { createRequestSize } from './request-size.ts';

/** A topic of the feed as it was found. */
export interface FoundTopic {
  readonly name: string;
  readonly partitions: number;
}

export interface FeedSessionParts {
  readonly client: Client;
  readonly admin: Admin;
  /** Of transactions; it has shut out the one before it. */
  readonly producer: Producer;
  readonly url: BrokerUrl;
  readonly entries: FoundTopic;
  readonly current: FoundTopic;
  /** Milliseconds for one call. */
  readonly deadline: number;
  /** Ends the session: it is of no more use. */
  readonly drop: () => void;
}

/** How often, and how many milliseconds apart, it is looked whether the topics are still those that were written to. */
const looks = { most: 30, pause: 100 };

interface Placed {
  readonly topic: FoundTopic;
  readonly partition: number;
  readonly message: FeedMessage;
}

const inEach = (topic: FoundTopic, message: FeedMessage): Placed[] =>
  Array.from({ length: topic.partitions }, (_, partition) => ({ topic, partition, message }));

const byKey = (topic: FoundTopic, message: FeedMessage & { readonly key: string }): Placed => ({
  topic,
  partition: partitionOf(message.key, topic.partitions),
  message,
});

/**
 * Writes in transactions: each call is one, of both topics.
 *
 * @throws what kafkajs throws, where the topics cannot be looked at.
 */
export async function openFeedSession(parts: FeedSessionParts): Promise<FeedTopicsSession> {
  const { client, admin, producer, url, entries, current, deadline, drop } = parts;
  /** Whether a partition was never written to: every one of them gets watermarks. */
  const looksUnwritten = async (): Promise<boolean> => {
    for (const { name } of [entries, current]) {
      if ((await admin.fetchTopicOffsets(name)).some(({ high }) => high === '0')) return true;
    }
    return false;
  };
  /** The brokers tell of what was committed a moment later only. */
  const wereMadeAnew = async (): Promise<boolean> => {
    for (let looked = 1; await looksUnwritten(); looked += 1) {
      if (looked === looks.most) return true;
      await delay(looks.pause);
    }
    return false;
  };
  // Looked at now, since nobody else writes any more.
  const isUnwritten = await looksUnwritten();
  let isWritten = !isUnwritten;
  const size = createRequestSize();
  /** What stands in every partition of the current set since the last call, behind all else. */
  let sequence: string | null = null;
  let isOver = false;

  async function write(placed: readonly Placed[]): Promise<void> {
    // Made anew by others under the same name, they would take what comes, and have nothing of what was sent before.
    if (isWritten && (await wereMadeAnew())) {
      const message = `${url.place}: the topics of changes were made anew meanwhile`;
      throw new DistributionError('distribution-topic-missing', message, { retryable: true });
    }
    const transaction = await producer.transaction();
    const topics = [entries, current];
    let batches = new Map<FoundTopic, Message[]>();
    const send = async (): Promise<void> => {
      const topicMessages = topics.map((topic) => ({ topic: topic.name, messages: batches.get(topic) ?? [] }));
      batches = new Map();
      size.reset();
      await transaction.sendBatch({
        acks: -1,
        topicMessages: topicMessages.filter(({ messages }) => messages.length > 0),
      });
    };
    size.reset();
    for (const { topic, partition, message } of placed) {
      const slot = topics.indexOf(topic) + topics.length * partition;
      if (!size.takes(slot, message.value)) {
        await send();
        size.takes(slot, message.value);
      }
      const batch = batches.get(topic) ?? [];
      batches.set(topic, batch);
      batch.push({ ...message, headers: { ...message.headers }, partition });
    }
    await send();
    await transaction.commit();
    isWritten = true;
  }

  async function run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (isOver) throw new DistributionError('distribution-closed', 'this session of the distribution is over');
    try {
      return await work();
    } catch (error) {
      isOver = true;
      drop();
      throw toDistributionError(error, url.place, entries.name);
    }
  }

  async function send(placed: readonly Placed[], mark: FeedMessage): Promise<void> {
    await run(() => within(deadline, 'writing', write(placed)));
    sequence = mark.headers['ce_id'] ?? null;
  }

  return {
    isUnwritten,
    send(changes, watermark) {
      const mark = watermarkMessages(watermark);
      const messages = changes.map((change) => changeMessages(change, watermark));
      return send(
        [
          ...messages.map(({ entry }) => byKey(entries, entry)),
          ...messages.map((message) => byKey(current, message.current)),
          ...inEach(entries, mark.entry),
          ...inEach(current, mark.current),
        ],
        mark.current,
      );
    },
    leftOvers: (generation) => {
      const until = sequence;
      if (until === null) throw new TypeError('left overs are looked for behind a watermark: send one before');
      // For as long as something comes in: the set may be large.
      return run(() => findLeftOvers({ client, url, topic: current, generation, until, quietFor: deadline }));
    },
    remove(leftOvers, watermark) {
      const mark = watermarkMessages(watermark).current;
      return send(
        [
          ...leftOvers.map((leftOver) => ({
            topic: current,
            partition: leftOver.partition,
            message: removalMessage(leftOver, watermark),
          })),
          ...inEach(current, mark),
        ],
        mark,
      );
    },
  };
}
