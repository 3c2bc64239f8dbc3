/**
 * Queries over the loaded votes while 500 statements a second come in, each measured from the moment it was due; and how
 * long after its acknowledgement a statement can be read.
 */
import { readArguments } from './arguments.ts';
import { load, prepare, published } from './load.ts';
import { both, createMixedLoad } from './mixed-load.ts';
import { withService } from './service.ts';
import type { StatementLine } from './statement-line.ts';

/** What a process does for the first time takes longer: it is not measured. */
const warmUpSeconds = 3;
/** One in so many votes is asked about. */
const sampled = 797;

const given = readArguments();
const samples: StatementLine[] = [];
let seen = 0;
const bodies = await prepare(given, (statement) => {
  if (seen++ % sampled === 0) samples.push(statement);
});

await withService(given.folder, async (service) => {
  const loaded = await load(service.port, bodies);
  await service.passed(loaded);
  await published(service.port, loaded);

  const traffic = createMixedLoad(service.port, samples);
  await traffic.run({ seconds: warmUpSeconds });
  const { acknowledged, visible, asked, failed } = await traffic.run({ seconds: given.seconds });
  if (failed.length > 0) throw new Error(`${failed.length} requests failed: ${failed[0]}`);
  console.log(
    JSON.stringify({
      rows: given.rows,
      ...Object.fromEntries([...asked].map(([name, latencies]) => [name, both(latencies)])),
      acknowledged: both(acknowledged),
      visible: both(visible),
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
