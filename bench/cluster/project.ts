/** The projection from Kafka into PostgreSQL: all events of a topic, from the first page on. */
import { randomUUID } from 'node:crypto';

import { createOrderedLog } from '@stance/distribution';
import { openKafkaDistribution } from '@stance/distribution/kafka';
import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { createProjection } from '@stance/projection';
import { openPostgresReadModelWriter } from '@stance/read-model/postgres';

import { printMeasurement } from '../projection/arguments.ts';
import { freshSchema } from '../projection/fresh-schema.ts';
import { readArguments } from './arguments.ts';

/** As the service does where it is behind. */
const eventsPerPage = 8192;

const { events: path, kafka, postgres: url, prefix } = readArguments();
await using schema = await freshSchema(url, 'stance_bench');
const store = await openSqliteEventLogReader({ path });
const distribution = await openKafkaDistribution({ url: `kafka://${kafka}?topicPrefix=${prefix}` });
const log = await createOrderedLog({ join: distribution.group(randomUUID()), store });
const source = {
  readAll: (options: Parameters<typeof log.readAll>[0]) => log.readAll(options),
  readStream: (...given: Parameters<typeof store.readStream>) => store.readStream(...given),
};
const writer = await openPostgresReadModelWriter({ url, schema: schema.name, method: defaultMethod });
const projection = await createProjection({ source, writer, method: defaultMethod });
let news = Promise.withResolvers<void>();
log.onHead(() => news.resolve());
await log.whenActive();
const head = await store.head();

let before = process.cpuUsage();
let start = performance.now();
let events = 0;
while (projection.position() < head) {
  news = Promise.withResolvers();
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const { applied } = await projection.applyNext(eventsPerPage);
  // Until the group has been joined nothing comes in.
  if (events === 0) [start, before] = [begun, cpu];
  events += applied;
  if (applied === 0) await news.promise;
}
printMeasurement(events, (performance.now() - start) / 1000, before);
const { filled } = log.status();
if (filled > 0) console.error(`${String(filled)} events were read from the store`);
await log.close();
await writer.close();
await store.close();
