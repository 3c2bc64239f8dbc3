/**
 * The relay, from an event file to Kafka: the file is no limit, which EventStoreDB, or its simulator, would be. Its
 * checkpoint is in PostgreSQL, as in a cluster.
 */
import { randomUUID } from 'node:crypto';

import { openKafkaDistribution } from '@stance/distribution/kafka';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { openPostgresRelayState } from '@stance/relay-state/postgres';

import { freshSchema } from '../projection/fresh-schema.ts';
import { printMeasurement } from '../projection/arguments.ts';
import { readArguments } from './arguments.ts';
import { relayAll } from './relay-all.ts';

const { events, kafka, postgres: url } = readArguments();
await using schema = await freshSchema(url, 'stance_bench_relay');
const source = await openSqliteEventLogReader({ path: events });
const state = await openPostgresRelayState({ url, schema: schema.name });
const distribution = await openKafkaDistribution({ url: `kafka://${kafka}?topicPrefix=relayed-${randomUUID()}.` });
const writer = distribution.createWriter();
await writer.send([], { position: 0, count: 0, recordedAt: 0 });
const before = process.cpuUsage();
const start = performance.now();
const count = await relayAll({ source, writer, state });
printMeasurement(count, (performance.now() - start) / 1000, before);
await writer.close();
await state.close();
await source.close();
