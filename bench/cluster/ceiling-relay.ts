/**
 * The ceiling of `relay.ts`: kafkajs alone sends the same keys and payloads, as many at a time, durable as well; without
 * any headers, since with those of a CloudEvent it takes ten times as long.
 */
import { randomUUID } from 'node:crypto';

import Database from 'better-sqlite3';
import kafkajs from 'kafkajs';

import { printMeasurement } from '../projection/arguments.ts';
import { readArguments } from './arguments.ts';
import { makeTopic, plainClient, topicOf } from './topic.ts';

const messagesPerSend = 4096;

interface Data {
  readonly statement?: { readonly holder: string };
}

const { events, kafka: broker } = readArguments();
const kafka = plainClient(broker);
const topic = topicOf(`bare-${randomUUID()}.`);
await makeTopic(kafka, topic);
const producer = kafka.producer({
  idempotent: true,
  maxInFlightRequests: 1,
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
});
await producer.connect();
const log = new Database(events, { readonly: true });
const page = log
  .prepare<[number, number], [number, string, string]>(
    'SELECT position, stream, data FROM events WHERE position > ? ORDER BY position LIMIT ?',
  )
  .raw();
const before = process.cpuUsage();
const start = performance.now();
let position = 0;
for (;;) {
  const found = page.all(position, messagesPerSend);
  const last = found.at(-1);
  if (last === undefined) break;
  const messages = found.map(([, stream, value]) => {
    const { statement } = JSON.parse(value) as Data;
    return { key: statement?.holder ?? stream, value };
  });
  await producer.send({ topic, acks: -1, messages });
  [position] = last;
}
printMeasurement(position, (performance.now() - start) / 1000, before);
await producer.disconnect();
log.close();
