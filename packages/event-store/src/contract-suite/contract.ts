import { describe } from 'vitest';

import { describeAppending } from './appending.ts';
import { describeConcurrency } from './concurrency.ts';
import { describeContents } from './contents.ts';
import { describeHeads } from './heads.ts';
import { describeInterleavings } from './interleavings.ts';
import { describeLifetime } from './lifetime.ts';
import { withCountedPositions } from './counted-positions.ts';
import { describeOneStatement } from './one-statement.ts';
import type { OpenEventStore } from './opened-event-store.ts';
import type { Promises } from './promises.ts';
import { describeReading } from './reading.ts';
import { describeRetries } from './retries.ts';
import { describeTime } from './time.ts';

/**
 * What every event store promises, as tests: call it at the top of a test file of the adapter.
 *
 * @param name of the adapter, for the titles.
 * @param openStore opens a fresh, empty store; called once for each test, more often in property tests.
 * @param promises what the adapter promises of that in which they differ; the most where left out.
 */
export function describeEventStoreContract(
  name: string,
  openStore: OpenEventStore,
  promises: Promises = { positions: 'counted', order: 'of requests' },
): void {
  const open = promises.positions === 'counted' ? openStore : openCounted(openStore);
  describe(`${name} keeps the contract of an event store`, () => {
    describeAppending(open, promises);
    describeRetries(open, promises);
    describeOneStatement(open);
    describeTime(open);
    describeReading(open, promises);
    describeContents(open);
    describeHeads(open, promises);
    describeConcurrency(open);
    describeLifetime(open, promises);
    describeInterleavings(open, promises);
  });
}

function openCounted(open: OpenEventStore): OpenEventStore {
  return async (options) => {
    const { store, reopen, close, origin = 0 } = await open(options);
    const opened = { store: withCountedPositions(store, origin), close };
    return reopen === undefined
      ? opened
      : { ...opened, reopen: async () => withCountedPositions(await reopen(), origin) };
  };
}
