import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

import { steadyWasm } from './packages/service/src/steady-threads.ts';
import { closingLine } from './tests/support/closing-line.ts';
import { LongestFirst } from './tests/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['{packages,services}/*/test/**/*.test.ts', 'tests/**/*.test.ts'],
    // Native modules and worker threads in the tests want processes of their own.
    pool: 'forks',
    // A process and its modules for many files take a sixth off the time of a run; the long rounds have one for each file, so
    // that what a file leaves behind shows.
    isolate: process.env['CI'] === 'true',
    execArgv: [steadyWasm],
    // Many tests start programs of the workspace: what those are made of is compiled once.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'stance-compile-cache') },
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // A machine may be busy with something else; what never comes about is told all the same.
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default', closingLine()],
    globalSetup: ['./packages/test-services/src/global-setup.ts'],
    setupFiles: ['./tests/support/property-rounds.ts'],
  },
});
