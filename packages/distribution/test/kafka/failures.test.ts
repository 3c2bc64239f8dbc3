import { createServer, type AddressInfo, type Socket } from 'node:net';

import { createOrderedLog, type DistributionErrorCode } from '@stance/distribution';
import { openKafkaDistribution } from '@stance/distribution/kafka';
import { testKafka } from '@stance/test-services';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { linked, logOf, storeOf } from '../support/log.ts';
import { bareKafka, createCuttable } from './support/opened-kafka.ts';

const kafka = await testKafka();
const log = logOf({
  gaps: Array.from({ length: 400 }, () => 3),
  holders: Array.from({ length: 50 }, (_, index) => index),
});
const links = linked(log);
const markAt = (count: number) => ({ position: count * 3, count, recordedAt: 1000 });
const patient = { timeout: 45_000, interval: 10 };

/** Takes connections and never answers. */
async function openBlackHole(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('says in one line where nobody listens', async () => {
  await expect(openKafkaDistribution({ url: 'kafka://127.0.0.1:1' })).rejects.toMatchObject({
    code: 'distribution-unavailable',
    retryable: true,
    message: expect.stringMatching(/^kafka:\/\/127\.0\.0\.1:1: .*ECONNREFUSED.*$/),
  });
});

it('waits no longer than it said where nobody answers', { timeout: 60_000 }, async () => {
  const begun = performance.now();
  const url = `kafka://${await openBlackHole()}`;
  await expect(openKafkaDistribution({ url })).rejects.toMatchObject({ code: 'distribution-unavailable' });
  expect(performance.now() - begun).toBeLessThan(30_000);
});

describe.skipIf(kafka.missing !== null)(`on Kafka${kafka.note}`, { timeout: 90_000 }, () => {
  const urlOf = (topicPrefix: string): string => `kafka://${kafka.broker}?topicPrefix=${topicPrefix}&partitions=3`;

  it('a writer that is cut off fails in time, and goes on with the same call where it is connected again', async () => {
    const url = urlOf(kafka.topicPrefix());
    const { createSockets, cut, mend } = createCuttable();
    const distribution = await openKafkaDistribution({ url, createSockets, sendDeadline: 3000 });
    const writer = distribution.createWriter();
    await writer.send(links.slice(0, 100), markAt(100));
    cut();
    const unavailable = { code: 'distribution-unavailable', retryable: true };
    await expect(writer.send(links.slice(100, 200), markAt(200))).rejects.toMatchObject(unavailable);
    await expect(writer.send(links.slice(100, 200), markAt(200))).rejects.toMatchObject(unavailable);
    mend();
    await writer.send(links.slice(100), markAt(400));
    await writer.close();
    const store = storeOf(log);
    const ordered = await createOrderedLog({ join: distribution.group('readers'), store });
    const read: unknown[] = [];
    await vi.waitFor(async () => {
      const page = await ordered.readAll({ after: read.length * 3, limit: 400 });
      read.push(...page.events);
      expect(read).toHaveLength(400);
    }, patient);
    expect(read).toEqual(log);
    expect(ordered.status().filled).toBe(0);
    await ordered.close();
  });

  it('a log is read on where the topic is taken away and made anew, and where partitions are added', async () => {
    const url = urlOf(kafka.topicPrefix());
    const distribution = await openKafkaDistribution({ url });
    const { topic } = distribution;
    const admin = bareKafka(kafka.broker).admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    const ordered = await createOrderedLog({
      join: distribution.group('readers'),
      store: storeOf(log),
      patience: 1000,
    });
    onTestFinished(() => ordered.close());
    const writer = distribution.createWriter();
    const read: unknown[] = [];
    const readTo = (count: number) =>
      vi.waitFor(
        async () => {
          // As a relay does while nothing comes in.
          await writer.send([], markAt(count)).catch(() => undefined);
          read.push(...(await ordered.readAll({ after: read.length * 3, limit: 400 })).events);
          expect(read).toHaveLength(count);
        },
        { ...patient, interval: 100 },
      );
    await writer.send(links.slice(0, 100), markAt(100));
    await readTo(100);

    await admin.deleteTopics({ topics: [topic] });
    await vi.waitFor(() => writer.send(links.slice(100, 200), markAt(200)), patient);
    await readTo(200);

    await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
    const later = distribution.createWriter();
    await later.send(links.slice(200, 400), markAt(400));
    await readTo(400);
    expect(read).toEqual(log);
    await later.close();
    await writer.close();
  });

  it('an active member says that nothing comes in, and that something does again', async () => {
    const distribution = await openKafkaDistribution({ url: urlOf(kafka.topicPrefix()), quietAfter: 1500 });
    const faults: (DistributionErrorCode | null)[] = [];
    const member = await distribution.group('readers')({
      onActive: () => undefined,
      onStandby: () => undefined,
      onRecords: () => true,
      onFault: (fault) => void faults.push(fault?.code ?? null),
    });
    onTestFinished(() => member.close());
    await vi.waitUntil(() => faults.at(-1) === 'distribution-unavailable', patient);
    const writer = distribution.createWriter();
    await writer.send([], markAt(0));
    await vi.waitUntil(() => faults.at(-1) === null, patient);
    await writer.close();
  });
});
