/** A statement that very many endorse, one before their endorsements and one after; and who reads meanwhile. */
import { readArguments } from './arguments.ts';
import { dayNo, openCaller, slowestWhile, submitAll, timed } from './depth.ts';
import type { GivenStatement } from './depth.ts';
import { createLatencies } from './latencies.ts';
import { withService } from './service.ts';

const { rows, folder } = readArguments();
const rounds = 3;
const start = 1000;

const statements: GivenStatement[] = [
  { id: 'said', holder: 'h0', saidAt: dayNo(start) },
  { id: 'other', holder: 'other', saidAt: dayNo(start) },
  ...Array.from({ length: rows }, (_, n): GivenStatement => {
    const endorses = { holder: 'h0' };
    return {
      id: `e${String(n)}`,
      holder: `e${String(n)}`,
      act: 'endorse',
      endorses,
      saidAt: dayNo(start + 1 + (n % 100)),
    };
  }),
];

await withService(folder, async (service) => {
  const loadMs = await timed(() => submitAll(service, statements));
  const caller = await openCaller(service);
  const early = createLatencies();
  const late = createLatencies();
  const slowest = createLatencies();
  for (let round = 1; round <= rounds; round += 1) {
    const after = { id: `late${String(round)}`, holder: 'h0', saidAt: dayNo(start + 500 + round) };
    late.add(await timed(async () => service.passed(await caller.state(after))));
    const before = { id: `early${String(round)}`, holder: 'h0', saidAt: dayNo(start - round) };
    const recomputed = timed(async () => service.passed(await caller.state(before)));
    slowest.add(await slowestWhile(service, '/v1/stances?holder=other&proposition=p', recomputed));
    early.add(await recomputed);
  }
  caller.close();
  console.log(
    JSON.stringify({
      rows,
      loadMs,
      earlyMs: early.percentile(0.5),
      lateMs: late.percentile(0.5),
      slowestReadMs: slowest.percentile(0.99),
      peakMemoryMb: await service.peakMemoryMb(),
    }),
  );
});
