import { afterAll, expect, it } from 'vitest';

import { bugs } from './bugs/index.ts';
import { openFiles } from './files.ts';
import { simulate } from './simulate.ts';

/** Many times what any of them has been seen to take. */
const most = 1000;

const files = openFiles();
afterAll(() => files.close());

/** It is the simulation that is tried here, and not the service: a newcomer need not wait for it. */
const isLong = process.env['CI'] === 'true';

it.skipIf(!isLong).each(bugs)(
  `finds one that $what${isLong ? '' : ' (with CI=true)'}`,
  { timeout: 600_000 },
  async ({ what, parts }) => {
    for (let seed = 1; seed <= most; seed += 1) {
      const { violation } = await simulate(seed, files, parts);
      if (violation === null) continue;
      process.stderr.write(`one that ${what}: found with seed ${String(seed)}, it broke: ${violation.promise}\n`);
      // It is the bug that breaks it, and nothing else.
      expect((await simulate(seed, files)).violation).toBeNull();
      return;
    }
    throw new Error(`not found within ${String(most)} seeds`);
  },
);
