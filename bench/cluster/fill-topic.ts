/** Brings all events of a file into a topic, once: what is measured on it reads the same. */
import { openKafkaDistribution } from '@stance/distribution/kafka';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { createRelayMemory } from '@stance/relay-state/memory';

import { readArguments } from './arguments.ts';
import { relayAll } from './relay-all.ts';

const { events, kafka, prefix } = readArguments();
const source = await openSqliteEventLogReader({ path: events });
const distribution = await openKafkaDistribution({ url: `kafka://${kafka}?topicPrefix=${prefix}` });
const writer = distribution.createWriter();
await relayAll({ source, writer, state: createRelayMemory().open() });
await writer.close();
await source.close();
