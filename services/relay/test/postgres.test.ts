import { randomUUID } from 'node:crypto';

import type { DistributionWriter } from '@stance/distribution';
import type { EventStore } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { openPostgresRelayState } from '@stance/relay-state/postgres';
import { testPostgres } from '@stance/test-services';
import { describe, expect, it, onTestFinished } from 'vitest';

import { startRelay } from '../src/index.ts';
import type { Relay } from '../src/index.ts';
import { createPartitions } from './support/partitions.ts';

const postgres = await testPostgres();
const logger = { info: () => undefined, warn: () => undefined };

const append = async (store: EventStore, count: number): Promise<number> => {
  const requests = Array.from({ length: count }, () => ({
    stream: `statement-${randomUUID()}`,
    expectedRevision: -1,
    events: [
      { id: randomUUID(), type: 'StatementMade', schemaVersion: 1, data: '{}', metadata: { correlationId: 't' } },
    ],
  }));
  const results = await store.append(requests);
  return Math.max(...results.map((result) => (result.outcome === 'appended' ? result.position : 0)));
};

const relayed = (relay: Relay, position: number): Promise<void> =>
  expect.poll(() => relay.status(), { timeout: 10_000 }).toMatchObject({ position, state: 'relaying' });

describe.skipIf(postgres.missing !== null)(`a relay with its state in PostgreSQL${postgres.note}`, () => {
  it('goes on where the one before it stopped, or was cut off', async () => {
    const { url, schema, query, drop } = postgres.schema();
    onTestFinished(drop);
    const source = createMemoryEventStore();
    const partitions = createPartitions();
    const writer: Pick<DistributionWriter, 'send'> = {
      send: async (events, watermark) => {
        partitions.write(events, watermark);
      },
    };
    const open = () => openPostgresRelayState({ url: `${url}?application_name=${schema}`, schema });
    const states = [await open(), await open()] as const;
    const first = startRelay({ source, writer, state: states[0], logger, batch: 100 });
    await relayed(first, await append(source, 1000));
    const second = startRelay({ source, writer, state: states[1], logger, batch: 100 });
    await query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1', [schema]);
    await relayed(first, await append(source, 1000));
    expect(second.status().batches).toBe(0);
    await first.stop();
    await relayed(second, await append(source, 1000));
    await second.stop();

    expect(partitions.positions()).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
    await Promise.all(states.map((state) => state.close()));
  });
});
