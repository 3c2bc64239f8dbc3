import { describe } from 'vitest';

import { describeGrouping } from './grouping.ts';
import { describeOneStatement } from './one-statement.ts';
import type { OpenDistribution } from './opened-distribution.ts';
import { describeReading } from './reading.ts';
import { describeWriting } from './writing.ts';

/**
 * What every distribution promises, as tests: call it in a test file of the adapter.
 *
 * @param name of the adapter, for the titles.
 * @param open opens a fresh, empty distribution; called once for each test.
 */
export function describeDistributionContract(name: string, open: OpenDistribution): void {
  describe(`${name} keeps the contract of a distribution`, { timeout: 90_000 }, () => {
    describeWriting(open);
    describeGrouping(open);
    describeReading(open);
    describeOneStatement(open);
  });
}
