/** A chain of endorsements, each of the one before, a day later: what a statement at its start costs. */
import { dayNo, openCaller, submitAll, timed } from './depth.ts';
import type { GivenStatement } from './depth.ts';
import { createLatencies } from './latencies.ts';
import { readArguments } from './arguments.ts';
import { withService } from './service.ts';

const { rows, folder } = readArguments();
const rounds = 5;
const start = 1000;

const chain = Array.from({ length: rows }, (_, n): GivenStatement => {
  const one = { id: `c${String(n)}`, holder: `h${String(n)}`, saidAt: dayNo(start + n) };
  return n === 0 ? one : { ...one, act: 'endorse', endorses: { holder: `h${String(n - 1)}` } };
});

await withService(folder, async (service) => {
  const loadMs = await timed(() => submitAll(service, chain));
  const caller = await openCaller(service);
  const recomputed = createLatencies();
  const read = createLatencies();
  for (let round = 1; round <= rounds; round += 1) {
    const early = { id: `early${String(round)}`, holder: 'h0', saidAt: dayNo(start - round) };
    recomputed.add(await timed(async () => service.passed(await caller.state(early))));
    read.add(await caller.read(`/v1/stances?holder=h${String(rows - 1)}&proposition=p`));
  }
  caller.close();
  console.log(
    JSON.stringify({
      rows,
      loadMs,
      recomputedMs: recomputed.percentile(0.5),
      readMs: read.percentile(0.5),
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
