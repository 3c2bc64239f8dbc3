import { describe } from 'vitest';

import { describeAppending } from './appending.ts';
import { describeConcurrency } from './concurrency.ts';
import { describeContents } from './contents.ts';
import { describeHeads } from './heads.ts';
import { describeInterleavings } from './interleavings.ts';
import { describeLifetime } from './lifetime.ts';
import type { OpenEventStore } from './opened-event-store.ts';
import { describeReading } from './reading.ts';
import { describeRetries } from './retries.ts';
import { describeTime } from './time.ts';

/**
 * What every event store promises, as tests: call it at the top of a test file of the adapter.
 *
 * @param name of the adapter, for the titles.
 * @param open opens a fresh, empty store; called once for each test, more often in property tests.
 */
export function describeEventStoreContract(name: string, open: OpenEventStore): void {
  describe(`${name} keeps the contract of an event store`, () => {
    describeAppending(open);
    describeRetries(open);
    describeTime(open);
    describeReading(open);
    describeContents(open);
    describeHeads(open);
    describeConcurrency(open);
    describeLifetime(open);
    describeInterleavings(open);
  });
}
