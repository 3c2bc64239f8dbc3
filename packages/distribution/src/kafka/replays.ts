import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { EachBatchPayload, KafkaMessage } from 'kafkajs';

import { DistributionError } from '../errors.ts';
import type { MovedOffset, Replays } from '../replay.ts';
import { parseBrokerUrl } from './broker-url.ts';
import type { BrokerUrl } from './broker-url.ts';
import { createClient } from './client.ts';
import type { Client, ConnectClient } from './client.ts';
import { within } from './deadline.ts';
import { toDistributionError } from './kafka-failure.ts';
import { createKafkaWriter } from './kafka-writer.ts';
import { currentTopic, entriesTopic, ensureTopic, eventsTopic, replayTopic } from './topic.ts';

export interface KafkaReplaysOptions {
  /** As of `openKafkaDistribution`. */
  readonly url: string;
}

const deadline = 30_000;
/** Milliseconds without a record after which reading is given up. */
const quietFor = 20_000;

const header = ({ headers }: KafkaMessage, name: string): string => String(headers?.[name] ?? '');

interface Mark {
  readonly position: number;
  readonly count: number;
}

/** How often, and how many milliseconds apart, brokers are asked that have not heard of a topic yet that was just made. */
const looks = { most: 100, pause: 100 };

/** Where each partition ends now. */
const endsOf = async (client: Client, topic: string): Promise<Map<number, bigint>> => {
  const admin = client.kafka.admin();
  await admin.connect();
  try {
    for (let looked = 1; ; looked += 1) {
      try {
        const offsets = await admin.fetchTopicOffsets(topic);
        return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
      } catch (error) {
        const passes = error instanceof Error && 'retriable' in error && error.retriable === true;
        if (!passes || looked === looks.most) throw error;
        await delay(looks.pause);
      }
    }
  } finally {
    await admin.disconnect();
  }
};

interface Reading {
  readonly client: Client;
  readonly url: BrokerUrl;
  readonly topic: string;
  /** Called with each message in order; `true` ends it. */
  readonly each: (partition: number, message: KafkaMessage) => boolean;
}

/** Reads a topic to the end it has now, in a group that keeps no offsets. @returns its partitions */
const readTopic = async ({ client, url, topic, each }: Reading): Promise<readonly number[]> => {
  const ends = await endsOf(client, topic);
  const unread = new Set([...ends].filter(([, end]) => end > 0n).map(([partition]) => partition));
  if (unread.size === 0) return [...ends.keys()];

  const ended = Promise.withResolvers<void>();
  const giveUp = (): void => {
    const message = `${url.place}: topic ${topic} could not be read to its end: nothing has come in for a while`;
    ended.reject(new DistributionError('distribution-unavailable', message, { retryable: true }));
  };
  let quiet = setTimeout(giveUp, quietFor);
  const consumer = client.kafka.consumer({
    groupId: `${url.topicPrefix}stance-replay-${randomUUID()}`,
    allowAutoTopicCreation: false,
    retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 1000, restartOnFailure: () => Promise.resolve(false) },
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => ended.reject(payload.error));
  const onBatch = async ({ batch: { partition, messages } }: EachBatchPayload): Promise<void> => {
    clearTimeout(quiet);
    quiet = setTimeout(giveUp, quietFor);
    try {
      for (const message of messages) {
        if (each(partition, message)) unread.clear();
        if (BigInt(message.offset) + 1n >= (ends.get(partition) ?? 0n)) unread.delete(partition);
      }
    } catch (error) {
      ended.reject(error);
    }
    if (unread.size === 0) ended.resolve();
  };
  const start = async (): Promise<void> => {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch: onBatch });
  };
  try {
    start().catch((error: unknown) => ended.reject(error));
    await ended.promise;
  } finally {
    clearTimeout(quiet);
    await within(5000, 'leaving the group', consumer.disconnect()).catch(() => undefined);
  }
  return [...ends.keys()];
};

/** The header of the first message that is found; `null` where there is none. */
const firstHeader = async (client: Client, url: BrokerUrl, topic: string, name: string): Promise<string | null> => {
  let found: string | null = null;
  await readTopic({
    client,
    url,
    topic,
    each: (_, message) => {
      found = header(message, name);
      return true;
    },
  });
  return found;
};

/** The last watermark of each partition. @throws DistributionError `distribution-misconfigured` where the topic is of something else */
const readMarks = async (client: Client, url: BrokerUrl, topic: string, of: string): Promise<readonly Mark[]> => {
  const marks = new Map<number, Mark>();
  const partitions = await readTopic({
    client,
    url,
    topic,
    each: (partition, message) => {
      if (header(message, 'ce_replayof') !== of) {
        throw new DistributionError(
          'distribution-misconfigured',
          `${url.place}: the topic ${topic} holds something else than what is to be told again: take another id, or remove it`,
        );
      }
      if (header(message, 'ce_type') === 'stance.watermark') {
        const position = Number(header(message, 'ce_sourceposition'));
        marks.set(partition, { position, count: Number(header(message, 'ce_sequence')) });
      }
      return false;
    },
  });
  return partitions.map((partition) => marks.get(partition) ?? { position: 0, count: 0 });
};

const connecting = (options: KafkaReplaysOptions): { readonly url: BrokerUrl; readonly connect: ConnectClient } => {
  const url = parseBrokerUrl(options.url);
  return { url, connect: () => createClient({ url, clientId: 'stance-replay', logger: null }) };
};

/** Opens the topics of history that is told again. @throws DistributionError `distribution-misconfigured` for a wrong URL. */
export const openKafkaReplays = (options: KafkaReplaysOptions): Replays => {
  const { url, connect } = connecting(options);
  const prefix = replayTopic(url.topicPrefix, '').name;
  const using = async <Result>(topic: string, work: (client: Client) => Promise<Result>): Promise<Result> => {
    const client = connect();
    try {
      return await within(deadline * 10, 'working on the replay', work(client));
    } catch (error) {
      throw toDistributionError(error, url.place, topic);
    } finally {
      client.cut();
    }
  };
  const topics = async (client: Client): Promise<string[]> => {
    const admin = client.kafka.admin();
    await admin.connect();
    try {
      return await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  };

  return {
    list: () =>
      using(prefix, async (client) =>
        (await topics(client))
          .filter((name) => name.startsWith(prefix))
          .map((name) => name.slice(prefix.length))
          .sort(),
      ),
    open: (id, of) => {
      const topic = replayTopic(url.topicPrefix, id);
      const told = JSON.stringify([of.after, of.upTo, of.types, of.holder, of.proposition]);
      return using(topic.name, async (client) => {
        await ensureTopic(client.kafka, topic, url);
        const marks = await readMarks(client, url, topic.name, told);
        const least = marks.reduce<Mark | null>(
          (lowest, mark) => (lowest === null || mark.position < lowest.position ? mark : lowest),
          null,
        );
        const marked = { ce_replay: id, ce_replayof: told };
        return {
          topic: topic.name,
          passed: Math.max(of.after, least?.position ?? 0),
          count: least?.count ?? 0,
          writer: createKafkaWriter({ connect, url, topic, deadline, headers: marked }),
        };
      });
    },
    target: (id) => {
      const { name } = replayTopic(url.topicPrefix, id);
      return using(name, async (client) => {
        if (!(await topics(client)).includes(name)) return null;
        const of = await firstHeader(client, url, name, 'ce_replayof');
        return of === null ? null : (JSON.parse(of) as [number, number])[1];
      });
    },
    remove: (id) => {
      const { name } = replayTopic(url.topicPrefix, id);
      return using(name, async (client) => {
        if (!(await topics(client)).includes(name)) {
          throw new DistributionError('distribution-topic-missing', `${url.place}: there is no topic ${name}`);
        }
        const admin = client.kafka.admin();
        await admin.connect();
        await admin.deleteTopics({ topics: [name] });
        await admin.disconnect();
      });
    },
  };
};

/** The live topics, by what they hold. */
const live = { events: eventsTopic, changes: entriesTopic, current: currentTopic } as const;

export interface MoveGroupOptions extends KafkaReplaysOptions {
  readonly group: string;
  readonly topic: keyof typeof live;
  /** To what was sent from this instant on, in milliseconds since the epoch; 0: to the beginning. */
  readonly since: number;
  /** Whether it is only told what would be. */
  readonly dryRun: boolean;
}

/**
 * Has a consumer group read a live topic again from an earlier place on, or a later one.
 *
 * @throws DistributionError `distribution-refused` where the group has members, or is one of the services' own.
 */
export const moveKafkaGroup = async (options: MoveGroupOptions): Promise<readonly MovedOffset[]> => {
  const { url, connect } = connecting(options);
  const { group, since, dryRun } = options;
  const topic = live[options.topic](url.topicPrefix).name;
  if (group.startsWith(`${url.topicPrefix}stance-`)) {
    throw new DistributionError(
      'distribution-refused',
      `${group} is a group of the services' own: where they stand is kept in their own stores`,
    );
  }
  const client = connect();
  const move = async (): Promise<readonly MovedOffset[]> => {
    const admin = client.kafka.admin();
    await admin.connect();
    const { groups } = await admin.describeGroups([group]);
    const members = groups[0]?.members.length ?? 0;
    if (members > 0) {
      throw new DistributionError(
        'distribution-refused',
        `the group ${group} has ${String(members)} ${members === 1 ? 'member' : 'members'}: stop all of them first`,
      );
    }
    const [stood] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
    const before = new Map(stood?.partitions.map(({ partition, offset }) => [partition, offset]) ?? []);
    const offsets =
      since === 0
        ? (await admin.fetchTopicOffsets(topic)).map(({ partition, low }) => ({ partition, offset: low }))
        : await admin.fetchTopicOffsetsByTimestamp(topic, since);
    if (!dryRun) {
      const partitions = offsets.map(({ partition, offset }) => ({ partition, offset }));
      await admin.setOffsets({ groupId: group, topic, partitions });
    }
    await admin.disconnect();
    return offsets
      .map(({ partition, offset }) => {
        const was = before.get(partition);
        return { partition, before: was === undefined || was === '-1' ? null : was, after: offset };
      })
      .sort((a, b) => a.partition - b.partition);
  };
  try {
    return await within(deadline, 'moving the group', move());
  } catch (error) {
    throw toDistributionError(error, url.place, topic);
  } finally {
    client.cut();
  }
};
