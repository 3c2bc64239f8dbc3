/** All votes as NDJSON through the public HTTP call, until the last is acknowledged, and until all can be read. */
import { readArguments } from './arguments.ts';
import { load, prepare } from './load.ts';
import { withService } from './service.ts';

const given = readArguments();
const bodies = await prepare(given);

await withService(given.folder, async (service) => {
  const start = performance.now();
  const position = await load(service.port, bodies);
  const seconds = (performance.now() - start) / 1000;
  await service.passed(position);
  const visibleSeconds = (performance.now() - start) / 1000;
  console.log(
    JSON.stringify({
      rows: given.rows,
      seconds,
      perSecond: Math.round(given.rows / seconds),
      visiblePerSecond: Math.round(given.rows / visibleSeconds),
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
