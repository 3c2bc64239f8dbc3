import { randomUUID } from 'node:crypto';

import { tellAgain } from '@stance/distribution';
import type { ReplayOf } from '@stance/distribution';
import { moveKafkaGroup, openKafkaReplays, parseBrokerUrl } from '@stance/distribution/kafka';
import type { EventStore } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { testKafka } from '@stance/test-services';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createClient } from '../../src/kafka/client.ts';
import { createSockets } from '../../src/kafka/sockets.ts';

const kafka = await testKafka();

const all: Omit<ReplayOf, 'upTo'> = { after: 0, types: null, holder: null, proposition: null };

/** A log of statements of some holders. */
const logOf = async (count: number): Promise<EventStore> => {
  const store = createMemoryEventStore();
  for (let n = 0; n < count; n += 1) {
    const statement = { holder: `h${String(n % 3)}`, proposition: `p${String(n % 2)}` };
    const data = JSON.stringify({ statementId: `s${String(n)}`, statement });
    const event = {
      id: randomUUID(),
      type: 'StatementMade',
      schemaVersion: 1,
      data,
      metadata: { correlationId: 'test' },
    };
    await store.append([{ stream: `statement-s${String(n)}`, expectedRevision: -1, events: [event] }]);
  }
  return store;
};

interface Read {
  readonly partition: number;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** All that a topic has, partition by partition in its order. */
const readAll = async (url: string, topic: string): Promise<Read[]> => {
  const client = createClient({ url: parseBrokerUrl(url), clientId: 'test', logger: null }, createSockets());
  const admin = client.kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  const left = new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
  await admin.disconnect();
  const read: Read[] = [];
  const ended = Promise.withResolvers<void>();
  const consumer = client.kafka.consumer({ groupId: `test-${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      const headers = Object.fromEntries(
        Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]),
      );
      read.push({ partition, key: message.key?.toString() ?? null, headers });
      if (Number(message.offset) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
      if ([...left.values()].every((high) => high === 0)) ended.resolve();
    },
  });
  await ended.promise;
  await consumer.disconnect();
  client.cut();
  return read;
};

describe.skipIf(kafka.missing !== null)(
  `history that is told again by Kafka${kafka.note}`,
  { timeout: 120_000 },
  () => {
    const urlOf = (): string => `kafka://${kafka.broker}?partitions=3&topicPrefix=${kafka.topicPrefix()}`;

    it('stands in a topic of its own, each event marked, in order by its key, up to a watermark', async () => {
      const url = urlOf();
      const store = await logOf(2500);
      const replays = openKafkaReplays({ url });
      const of = { ...all, upTo: 2400 };
      const replay = await replays.open('whole', of);
      onTestFinished(() => replays.remove('whole'));
      expect(replay).toMatchObject({ topic: expect.stringMatching(/stance\.replay\.whole$/), passed: 0, count: 0 });
      expect(await tellAgain({ source: store, of, replay })).toEqual({ position: 2400, count: 2400 });
      await replay.writer.close();
      const read = await readAll(url, replay.topic);
      expect(read.every(({ headers }) => headers['ce_replay'] === 'whole')).toBe(true);
      const events = read.filter(({ headers }) => headers['ce_type'] === 'StatementMade');
      expect(new Set(events.map(({ headers }) => headers['ce_sourceposition'])).size).toBe(2400);
      for (const key of ['h0', 'h1', 'h2']) {
        const positions = events
          .filter((each) => each.key === key)
          .map(({ headers }) => Number(headers['ce_sourceposition']));
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
        expect(new Set(events.filter((each) => each.key === key).map(({ partition }) => partition)).size).toBe(1);
      }
      for (const partition of [0, 1, 2]) {
        expect(read.findLast((each) => each.partition === partition)?.headers).toMatchObject({
          ce_type: 'stance.watermark',
          ce_sourceposition: '2400',
          ce_sequence: '2400',
        });
      }
      // The live topic was not made, nor written to.
      expect(await replays.list()).toEqual(['whole']);
    });

    it('goes on where it was cut off, and tells nothing that is not told by then', async () => {
      const url = urlOf();
      const store = await logOf(3000);
      const replays = openKafkaReplays({ url });
      const of = { ...all, upTo: 3000, holder: 'h1' };
      const cut = new AbortController();
      const first = await replays.open('cut', of);
      onTestFinished(() => replays.remove('cut'));
      const begun = tellAgain({
        source: store,
        of,
        replay: first,
        signal: cut.signal,
        onProgress: () => cut.abort(new Error('cut off')),
      });
      await expect(begun).rejects.toThrow('cut off');
      await first.writer.close();
      expect(await replays.target('cut')).toBe(3000);
      const second = await replays.open('cut', of);
      expect(second).toMatchObject({ passed: 1000, count: 333 });
      expect(await tellAgain({ source: store, of, replay: second })).toEqual({ position: 3000, count: 1000 });
      await second.writer.close();
      const events = (await readAll(url, second.topic)).filter(({ headers }) => headers['ce_type'] === 'StatementMade');
      expect(events).toHaveLength(1000);
      expect(new Set(events.map(({ key }) => key))).toEqual(new Set(['h1']));
    });

    it('refuses a topic that tells something else, and finds none that was removed', async () => {
      const url = urlOf();
      const store = await logOf(10);
      const replays = openKafkaReplays({ url });
      const of = { ...all, upTo: 10 };
      const replay = await replays.open('used', of);
      await tellAgain({ source: store, of, replay });
      await replay.writer.close();
      await expect(replays.open('used', { ...of, holder: 'h1' })).rejects.toMatchObject({
        code: 'distribution-misconfigured',
      });
      await replays.remove('used');
      await expect.poll(() => replays.list(), { timeout: 10_000 }).toEqual([]);
      await expect(replays.remove('used')).rejects.toMatchObject({ code: 'distribution-topic-missing' });
      expect(await replays.target('used')).toBeNull();
    });

    it('has a group without members read again, and leaves those alone that have some, or are ours', async () => {
      const url = urlOf();
      const prefix = parseBrokerUrl(url).topicPrefix;
      const client = createClient({ url: parseBrokerUrl(url), clientId: 'test', logger: null }, createSockets());
      onTestFinished(() => client.cut());
      const topic = `${prefix}stance.events.v1`;
      const admin = client.kafka.admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
      const producer = client.kafka.producer();
      await producer.connect();
      for (const partition of [0, 1]) {
        await producer.send({ topic, messages: [1, 2, 3].map((n) => ({ partition, value: String(n) })) });
      }
      await producer.disconnect();
      const group = `reader-${randomUUID()}`;
      await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: '3' }] });
      const given = { url, group, topic: 'events', since: 0 } as const;
      const wanted = [
        { partition: 0, before: '3', after: '0' },
        { partition: 1, before: null, after: '0' },
      ];
      expect(await moveKafkaGroup({ ...given, dryRun: true })).toEqual(wanted);
      expect(await moveKafkaGroup({ ...given, dryRun: false })).toEqual(wanted);
      const [moved] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      expect(moved?.partitions.map(({ offset }) => offset)).toEqual(['0', '0']);
      const later = await moveKafkaGroup({ ...given, since: Date.now() + 60_000, dryRun: true });
      expect(later.map(({ after }) => after)).toEqual(['3', '3']);

      const consumer = client.kafka.consumer({ groupId: group });
      const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
      await consumer.connect();
      await consumer.subscribe({ topics: [topic] });
      await consumer.run({ eachMessage: async () => undefined });
      await joined;
      await expect(moveKafkaGroup({ ...given, dryRun: false })).rejects.toMatchObject({
        code: 'distribution-refused',
        message: expect.stringContaining('1 member'),
      });
      await consumer.disconnect();
      await expect(
        moveKafkaGroup({ ...given, group: `${prefix}stance-projector`, dryRun: false }),
      ).rejects.toMatchObject({ code: 'distribution-refused' });
      await admin.disconnect();
    });
  },
);
