/** Projects an event store into PostgreSQL: `--postgres URL` of a server that keeps what it says it keeps. */
import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { createProjection } from '@stance/projection';
import { openPostgresReadModelWriter } from '@stance/read-model/postgres';

import { printMeasurement, readArguments, withEvents } from './arguments.ts';
import { freshSchema } from './fresh-schema.ts';

const { postgres: url, batch } = readArguments();

await withEvents(async (_folder, path) => {
  await using schema = await freshSchema(url, 'stance_bench');
  const source = await openSqliteEventLogReader({ path });
  const writer = await openPostgresReadModelWriter({ url, schema: schema.name, method: defaultMethod });
  const projection = await createProjection({ source, writer, method: defaultMethod });
  const before = process.cpuUsage();
  const start = performance.now();
  let events = 0;
  for (let more = true; more;) {
    const page = await projection.applyNext(batch);
    events += page.applied;
    ({ more } = page);
  }
  printMeasurement(events, (performance.now() - start) / 1000, before);
  await writer.close();
  await source.close();
});
