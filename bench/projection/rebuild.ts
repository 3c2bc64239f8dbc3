/** Makes the read model anew from an event store. */
import { join } from 'node:path';

import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { rebuild } from '@stance/projection';

import { printMeasurement, withEvents } from './arguments.ts';

await withEvents(async (folder, events) => {
  const source = await openSqliteEventLogReader({ path: events });
  const before = process.cpuUsage();
  const start = performance.now();
  const { events: count } = await rebuild({ source, path: join(folder, 'read-model.db'), method: defaultMethod });
  printMeasurement(count, (performance.now() - start) / 1000, before);
  await source.close();
});
