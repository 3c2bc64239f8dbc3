/** Makes the read model anew from an event store. */
import { join } from 'node:path';

import { defaultMethod } from '@stance/domain';
import { rebuildFromFile } from '@stance/projection';

import { printMeasurement, withEvents } from './arguments.ts';

await withEvents(async (folder, eventStorePath) => {
  const path = join(folder, 'read-model.db');
  const before = process.cpuUsage();
  const start = performance.now();
  const { events } = await rebuildFromFile({ eventStorePath, path, method: defaultMethod });
  printMeasurement(events, (performance.now() - start) / 1000, before);
});
