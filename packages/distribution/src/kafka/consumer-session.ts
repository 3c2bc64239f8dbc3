import type { Consumer, EachBatchPayload } from 'kafkajs';

import type { Member, MemberListener } from '../distribution.ts';
import { DistributionError } from '../errors.ts';
import type { BrokerUrl } from './broker-url.ts';
import type { ConnectClient } from './client.ts';
import { decodeMessage } from './cloud-event.ts';
import { within } from './deadline.ts';
import { toDistributionError } from './kafka-failure.ts';
import { oneActive } from './one-active.ts';
import { ensureTopic } from './topic.ts';
import type { TopicSpec } from './topic.ts';

export interface GroupParts {
  readonly connect: ConnectClient;
  readonly url: BrokerUrl;
  readonly topic: TopicSpec;
  readonly groupId: string;
  readonly listener: MemberListener;
  /** Milliseconds without a sign of life after which the brokers give the partitions to another member. */
  readonly sessionTimeout: number;
  /** Milliseconds after which the active member says that nothing, not even a watermark, has come in. */
  readonly quietAfter: number;
}

/** The life of one consumer of kafkajs, which ends for good at the first failure that it does not get over. */
export interface ConsumerSession extends Member {
  /** Resolves once it has joined the group, or has ended without. */
  readonly joined: Promise<boolean>;
  /** Resolves with what ended it; `null` where it was closed. */
  readonly ended: Promise<DistributionError | null>;
}

const heartbeatInterval = 1000;
/** Also how long an idle fetch waits, and with it a partition that is resumed meanwhile. */
const fetchWait = 200;
const bytesPerPartition = 1024 * 1024;
const bytesPerFetch = 16 * bytesPerPartition;
const commitInterval = 5000;
const watchInterval = 1000;
/**
 * Signs of life are a few hundred milliseconds apart. Who has given none for so long, in milliseconds, after the brokers have
 * given up on it, hangs: kafkajs goes on for minutes to ask where nobody answers.
 */
const silence = 2000;
const startDeadline = 30_000;
const commitDeadline = 2000;
const leaveDeadline = 5000;

export function startConsumerSession(parts: GroupParts): ConsumerSession {
  const { connect, url, groupId, listener, sessionTimeout, quietAfter } = parts;
  const { name: topic } = parts.topic;
  const client = connect();
  const joined = Promise.withResolvers<boolean>();
  const ended = Promise.withResolvers<DistributionError | null>();
  const paused = new Set<number>();
  let isOver = false;
  let generation = 0;
  let partitions: readonly number[] = [];
  let activeSince = 0;
  let handled = new Map<number, bigint>();
  let committedAt = 0;
  let aliveAt = performance.now();
  let recordsAt = aliveAt;
  let lookedAt = aliveAt;
  let isFaulty = true;

  const consumer: Consumer = client.kafka.consumer({
    groupId,
    partitionAssigners: [oneActive(() => activeSince)],
    sessionTimeout,
    rebalanceTimeout: sessionTimeout,
    heartbeatInterval,
    maxWaitTimeInMs: fetchWait,
    maxBytesPerPartition: bytesPerPartition,
    maxBytes: bytesPerFetch,
    allowAutoTopicCreation: false,
    // A crash ends the session: kafkajs restarts after some and not after others.
    retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 1000, restartOnFailure: () => Promise.resolve(false) },
  });

  function well(): void {
    if (isFaulty) listener.onFault(null);
    isFaulty = false;
  }

  function standBy(): void {
    const wasActive = partitions.length > 0;
    partitions = [];
    activeSince = 0;
    if (wasActive) listener.onStandby();
  }

  function end(failure: DistributionError | null): void {
    if (isOver) return;
    isOver = true;
    clearInterval(watch);
    standBy();
    ended.resolve(failure);
    joined.resolve(false);
  }

  // Called while kafkajs waits for nothing: what is done here is done before the first fetch of the generation.
  function onJoin(assigned: readonly number[]): void {
    if (isOver) return;
    generation += 1;
    handled = new Map();
    aliveAt = performance.now();
    recordsAt = aliveAt;
    // kafkajs keeps partitions paused across generations.
    if (paused.size > 0) consumer.resume([{ topic, partitions: [...paused] }]);
    paused.clear();
    if (assigned.length === 0) {
      standBy();
    } else {
      if (activeSince === 0) activeSince = Date.now();
      partitions = assigned;
      listener.onActive({ generation, partitions: assigned.length });
    }
    well();
    joined.resolve(true);
  }

  // Never waits: kafkajs fetches again only once all batches of a fetch are done with.
  async function onBatch({ batch, resolveOffset, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { partition, messages } = batch;
    const first = messages[0];
    if (isOver || !isRunning() || isStale() || !partitions.includes(partition) || first === undefined) return;
    recordsAt = performance.now();
    well();
    const records = messages.map(decodeMessage);
    const goOn = listener.onRecords({ partition, offset: BigInt(first.offset), records });
    resolveOffset(batch.lastOffset());
    if (goOn) return;
    paused.add(partition);
    consumer.pause([{ topic, partitions: [partition] }]);
  }

  async function commit(): Promise<void> {
    const offsets = [...handled].map(([partition, offset]) => ({ topic, partition, offset: String(offset) }));
    handled = new Map();
    committedAt = performance.now();
    // A hint: without it more is read at the next assignment, and dropped.
    if (offsets.length > 0) await consumer.commitOffsets(offsets).catch(() => undefined);
  }

  function look(): void {
    const now = performance.now();
    // Where this thread was busy, nothing could be heard meanwhile.
    if (now - lookedAt > 3 * watchInterval) [aliveAt, recordsAt] = [now, now];
    lookedAt = now;
    if (now - aliveAt > sessionTimeout + silence) {
      end(new DistributionError('distribution-unavailable', `${url.place}: the consumer hangs`, { retryable: true }));
      return;
    }
    if (now - committedAt > commitInterval) void commit();
    if (isFaulty || partitions.length === 0 || paused.size > 0 || now - recordsAt < quietAfter) return;
    isFaulty = true;
    const seconds = Math.round(quietAfter / 1000);
    listener.onFault({
      code: 'distribution-unavailable',
      message: `${url.place}: nothing has come by topic ${topic} for ${seconds} s, not even a watermark: does the relay run?`,
    });
  }

  const watch = setInterval(look, watchInterval);
  const isAlive = (): void => {
    aliveAt = performance.now();
  };
  consumer.on(consumer.events.FETCH, isAlive);
  consumer.on(consumer.events.HEARTBEAT, isAlive);
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => onJoin(payload.memberAssignment[topic] ?? []));
  consumer.on(consumer.events.CRASH, ({ payload }) => end(toDistributionError(payload.error, url.place, topic)));

  async function start(): Promise<void> {
    const concurrency = await ensureTopic(client.kafka, parts.topic, url);
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: onBatch,
    });
  }

  within(startDeadline, 'joining the group', start()).catch((error: unknown) =>
    end(toDistributionError(error, url.place, topic)),
  );

  return {
    joined: joined.promise,
    ended: ended.promise,
    resume(partition) {
      if (isOver || !paused.delete(partition)) return;
      consumer.resume([{ topic, partitions: [partition] }]);
    },
    handled(partition, offset) {
      if (partitions.length > 0) handled.set(partition, offset);
    },
    async close() {
      const wasOver = isOver;
      if (!wasOver) await within(commitDeadline, 'committing', commit()).catch(() => undefined);
      end(null);
      // It has been seen to wait for ever.
      await within(leaveDeadline, 'leaving the group', consumer.disconnect()).catch(() => undefined);
      client.cut();
    },
  };
}
