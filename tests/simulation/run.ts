/**
 * `npm run test:simulation`: runs many seeds, on all processors. `-- --seed N` runs one and tells its last steps;
 * `--seeds N` says how many, `--from N` where to begin.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

import { openFiles } from './files.ts';
import { reportOf } from './report.ts';
import { simulate } from './simulate.ts';

interface Share {
  readonly first: number;
  readonly step: number;
  readonly end: number;
}

/** Runs every so manyth seed; `tell` hears of each, with the report of one that went wrong. */
const runShare = async ({ first, step, end }: Share, tell: (report: string | null) => void): Promise<void> => {
  const files = openFiles();
  try {
    for (let seed = first; seed < end; seed += step) {
      const run = await simulate(seed, files);
      tell(run.violation === null ? null : reportOf(seed, run));
    }
  } finally {
    await files.close();
  }
};

const runOne = async (seed: number): Promise<boolean> => {
  const files = openFiles();
  const run = await simulate(seed, files);
  await files.close();
  process.stdout.write(`${reportOf(seed, run)}\n`);
  return run.violation === null;
};

const runMany = async (from: number, count: number): Promise<boolean> => {
  const workers = availableParallelism();
  const begun = performance.now();
  let done = 0;
  let failed = 0;

  const tell = (report: string | null): void => {
    done += 1;
    if (report !== null) {
      failed += 1;
      process.stdout.write(`\n${report}\n`);
    }
    if (process.stdout.isTTY) process.stdout.write(`\r${String(done)} of ${String(count)} seeds`);
  };

  const work = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const share: Share = { first: from + index, step: workers, end: from + count };
      const worker = new Worker(new URL(import.meta.url), { workerData: share });
      worker.on('message', tell);
      worker.on('error', reject);
      worker.on('exit', () => resolve());
    });

  await Promise.all(Array.from({ length: workers }, (_, index) => work(index)));
  const seconds = (performance.now() - begun) / 1000;
  process.stdout.write(
    `\n${String(done)} seeds from ${String(from)} in ${seconds.toFixed(0)} s, ` +
      `${(done / seconds).toFixed(0)} a second, ${String(failed)} failed\n`,
  );
  return failed === 0 && done === count;
};

if (isMainThread) {
  const { values: given } = parseArgs({
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string', default: '10000' },
      from: { type: 'string', default: '1' },
    },
  });
  const isWell =
    given.seed === undefined
      ? await runMany(Number(given.from), Number(given.seeds))
      : await runOne(Number(given.seed));
  process.exitCode = isWell ? 0 : 1;
} else {
  // The main thread hands over exactly this.
  await runShare(workerData as Share, (report) => parentPort?.postMessage(report));
}
