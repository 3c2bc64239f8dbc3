import type { Message, Producer } from 'kafkajs';

import type { DistributionWriter, LinkedEvent, Watermark } from '../distribution.ts';
import { DistributionError } from '../errors.ts';
import type { BrokerUrl } from './broker-url.ts';
import type { Client, ConnectClient } from './client.ts';
import { createCloudEventEncoder } from './cloud-event.ts';
import { within } from './deadline.ts';
import { toDistributionError } from './kafka-failure.ts';
import { Partitioners } from './kafkajs.ts';
import { partitionOf } from './partitioner.ts';
import { createRequestSize } from './request-size.ts';
import { ensureTopic } from './topic.ts';
import type { TopicSpec } from './topic.ts';

export interface KafkaWriterParts {
  readonly connect: ConnectClient;
  readonly url: BrokerUrl;
  readonly topic: TopicSpec;
  /** Milliseconds for one call of `send`, connecting included. */
  readonly deadline: number;
  /** Of every message, besides its own. */
  readonly headers?: Readonly<Record<string, string>> | null;
}

interface Session {
  readonly client: Client;
  readonly producer: Producer;
  readonly partitions: number;
}

/**
 * Writes by an idempotent producer that waits for all replicas, one request at a time. Where a call fails, the next one
 * begins with a new producer: the old one may hang, and its sequence numbers are of no more use.
 */
export function createKafkaWriter({
  connect,
  url,
  topic: spec,
  deadline,
  headers: marks = null,
}: KafkaWriterParts): DistributionWriter {
  const { name: topic } = spec;
  const size = createRequestSize();
  const encoder = createCloudEventEncoder();
  const marked = <Marked extends Message>(message: Marked): Marked =>
    marks === null ? message : { ...message, headers: { ...message.headers, ...marks } };
  let client: Client | null = null;
  let session: Session | null = null;
  let call: Promise<void> = Promise.resolve();
  let closed = false;

  async function open(): Promise<Session> {
    if (session !== null) return session;
    const opening = connect();
    client = opening;
    const partitions = await ensureTopic(opening.kafka, spec, url);
    const producer = opening.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // Partitions are chosen here; this keeps kafkajs from warning of the choice.
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 2000 },
    });
    await producer.connect();
    // Given up meanwhile, it is not to be used again.
    if (client !== opening) throw new Error('connecting took too long');
    session = { client: opening, producer, partitions };
    return session;
  }

  function drop(): void {
    // It ends by itself, its connections being cut: nobody waits for it.
    session?.producer.disconnect().catch(() => undefined);
    client?.cut();
    session = null;
    client = null;
  }

  async function write(events: readonly LinkedEvent[], watermark: Watermark): Promise<void> {
    const { producer, partitions } = await open();
    let messages: Message[] = [];
    size.reset();
    const send = async (): Promise<void> => {
      await producer.send({ topic, acks: -1, messages });
    };
    for (const linked of events) {
      const message = encoder.event(linked);
      const partition = partitionOf(message.key, partitions);
      if (!size.takes(partition, linked.event.data)) {
        await send();
        messages = [];
        size.reset();
        size.takes(partition, linked.event.data);
      }
      messages.push({ ...marked(message), partition });
    }
    // In the same request as the last events: a partition takes its part of it whole, and in this order.
    const mark = marked(encoder.watermark(watermark));
    for (let partition = 0; partition < partitions; partition += 1) messages.push({ ...mark, partition });
    await send();
  }

  return {
    async send(events, watermark) {
      if (closed) throw new DistributionError('distribution-closed', 'the writer of the distribution is closed');
      call = within(deadline, 'writing', write(events, watermark)).catch((error: unknown) => {
        drop();
        throw toDistributionError(error, url.place, topic);
      });
      await call;
    },
    async close() {
      closed = true;
      await call.catch(() => undefined);
      if (session !== null)
        await within(deadline, 'disconnecting', session.producer.disconnect()).catch(() => undefined);
      drop();
    },
  };
}
