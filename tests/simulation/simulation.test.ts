import { afterAll, expect, it } from 'vitest';

import { rounds } from '../support/rounds.ts';
import { openFiles } from './files.ts';
import { reportOf } from './report.ts';
import { simulate } from './simulate.ts';

const first = Number(process.env['STANCE_TEST_SEED'] ?? Date.now() % 2 ** 31);
const howMany = rounds(40, 2000);

const files = openFiles();
afterAll(() => files.close());

it(
  `keeps every promise through ${howMany} seeds of faults and interleavings (from ${first})`,
  { timeout: 600_000 },
  async () => {
    for (let seed = first; seed < first + howMany; seed += 1) {
      const run = await simulate(seed, files);
      if (run.violation !== null) throw new Error(reportOf(seed, run), { cause: run.violation });
    }
  },
);

it('does the same again with the same seed, and something else with another one', async () => {
  const once = await simulate(first, files);
  const again = await simulate(first, files);
  const other = await simulate(first + 1, files);
  expect(again.fingerprint).toBe(once.fingerprint);
  expect(other.fingerprint).not.toBe(once.fingerprint);
});
