import { defineConfig } from 'vitest/config';

import { steadyWasm } from './packages/service/src/steady-threads.ts';
import { closingLine } from './tests/support/closing-line.ts';

export default defineConfig({
  test: {
    include: ['{packages,services}/*/test/**/*.test.ts', 'tests/**/*.test.ts'],
    // Native modules and worker threads in the tests want processes of their own.
    pool: 'forks',
    execArgv: [steadyWasm],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', closingLine()],
    globalSetup: ['./packages/test-services/src/global-setup.ts'],
    setupFiles: ['./tests/support/property-rounds.ts'],
  },
});
