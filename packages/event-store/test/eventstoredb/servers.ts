import { randomUUID } from 'node:crypto';

import { onTestFinished } from 'vitest';

import { openEventStoreDb, type EventStoreDb, type EventStoreDbOptions } from '@stance/event-store/eventstoredb';

import { startSimulator, type Simulator, type SimulatorOptions } from './simulator/simulator.ts';

/** A simulator for the test that is running. */
export async function simulatorForTest(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  return simulator;
}

/** An event store on it, for the test that is running, that rests for no time. */
export async function storeForTest(
  { url }: Pick<Simulator, 'url'>,
  options: Partial<EventStoreDbOptions> = {},
): Promise<EventStoreDb> {
  const store = await openEventStoreDb({ url, rest: async () => undefined, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** A prefix of streams that nothing else has. */
export const freshPrefix = (): string => `test-${randomUUID()}-`;
