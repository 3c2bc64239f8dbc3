/**
 * The ceiling of `project.ts`: kafkajs alone consumes the same topic, parses each event and copies one row each into the
 * same table of statements, with its indexes, while it goes on to consume.
 */
import { randomUUID } from 'node:crypto';

import { defaultMethod } from '@stance/domain';
import { openConnections } from '@stance/postgres';
import { openPostgresReadModelWriter } from '@stance/read-model/postgres';
import type { KafkaMessage } from 'kafkajs';

import { printMeasurement } from '../projection/arguments.ts';
import { freshSchema } from '../projection/fresh-schema.ts';
import { readArguments } from './arguments.ts';
import { messagesIn, plainClient, topicOf } from './topic.ts';

const rowsPerCopy = 8192;
const megabyte = 1024 * 1024;

interface Data {
  readonly statementId?: string;
  readonly statement?: { readonly holder: string; readonly proposition: string; readonly direction: string };
}

const { kafka: broker, postgres: url, prefix } = readArguments();
await using schema = await freshSchema(url, 'stance_bench_bare');
// It makes the tables and indexes.
await (await openPostgresReadModelWriter({ url, schema: schema.name, method: defaultMethod })).close();
const connections = openConnections({ url, schema: schema.name, name: 'bench', most: 1, statementTimeout: 60_000 });
const kafka = plainClient(broker);
const topic = topicOf(prefix);
const messages = await messagesIn(kafka, topic);
const consumer = kafka.consumer({
  groupId: randomUUID(),
  maxBytesPerPartition: megabyte,
  maxBytes: 16 * megabyte,
  maxWaitTimeInMs: 200,
});
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });

const histories = new Map<string, number>();
let rows: (string | number | null)[][] = [];
let copying: Promise<void> = Promise.resolve();
let seen = 0;
let events = 0;
let before: NodeJS.CpuUsage | null = null;
let start = 0;

const copy = async (): Promise<void> => {
  const some = rows;
  rows = [];
  await copying;
  copying = connections.inTransaction('BEGIN', async (connection) => {
    await connection.copy([
      {
        text: 'COPY statements (position, id, revision, history, recorded_at, said_from, said_to, body) FROM STDIN',
        rows: some,
      },
    ]);
    await connection.query('UPDATE checkpoint SET position = position + $1', [some.length]);
  });
};

const take = ({ value, headers }: KafkaMessage): void => {
  seen += 1;
  if (value === null || headers?.['ce_type']?.toString() === 'stance.watermark') return;
  const body = value.toString();
  const { statementId, statement } = JSON.parse(body) as Data;
  events += 1;
  if (statementId === undefined || statement === undefined) return;
  const history = `${statement.holder}/${statement.proposition}`;
  const no = histories.get(history) ?? histories.size + 1;
  histories.set(history, no);
  rows.push([Number(headers?.['ce_sourceposition']?.toString()), statementId, 0, no, 0, 1, 1, body]);
};

const done = Promise.withResolvers<void>();
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 12,
  eachBatch: async ({ batch }) => {
    if (before === null) [start, before] = [performance.now(), process.cpuUsage()];
    for (const message of batch.messages) take(message);
    if (rows.length >= rowsPerCopy) await copy();
    if (seen >= messages) done.resolve();
  },
});
await done.promise;
await copy();
await copying;
printMeasurement(events, (performance.now() - start) / 1000, before ?? process.cpuUsage());
await consumer.disconnect();
await connections.close();
