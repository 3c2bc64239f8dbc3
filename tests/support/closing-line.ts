import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with a plain line, `N passed, N failed`, that programs can read as well as people. */
export const closingLine = (): Reporter => ({
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      if (brokenOutside(module)) count.failed += 1;
    }
    const skipped = count.skipped + count.pending;
    process.stdout.write(
      `${String(count.passed)} passed, ${String(count.failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}\n`,
    );
  },
});

/** A file that fails to load, or a hook that throws, fails no test of its own. */
const brokenOutside = (module: TestModule): boolean =>
  module.state() === 'failed' && ![...module.children.allTests('failed')].length;
