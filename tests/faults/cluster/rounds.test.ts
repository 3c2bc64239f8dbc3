import { startFrailStores } from '@stance/test-services';
import type { FrailStores } from '@stance/test-services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { freePort } from '../../support/free-port.ts';
import { rounds } from '../../support/rounds.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import type { Fault } from './fault.ts';
import { deliveryFaults } from './faults/deliveries.ts';
import { processFaults } from './faults/processes.ts';
import { serverFaults } from './faults/servers.ts';
import { wayFaults } from './faults/ways.ts';
import { startTold } from '../checks/told.ts';
import { startFrailCluster } from './frail-cluster.ts';
import { startTrial } from './trial.ts';
import { isWhole } from './whole.ts';

const seed = Number(process.env['STANCE_TEST_SEED'] ?? Date.now() % 2 ** 32);
const random = seededRandom(seed);
const faults: readonly Fault[] = [...processFaults, ...serverFaults, ...wayFaults, ...deliveryFaults];
/** `npm run test:faults` meets each fault three times; who tests all else as well, some of them. */
const howOften = isWhole ? 3 * faults.length : rounds(2, 18);
/** After so many, there is a new cluster with nothing in it: checks cost more the more there is. */
const perCluster = 14;
const perRebuild = 4;

/** Each of them before any comes again, in another order each time. */
const inAnyOrder = (from: SeededRandom): Fault[] => {
  const left = [...faults];
  return faults.flatMap(() => left.splice(from.integer(left.length), 1));
};
const only = process.env['STANCE_TEST_FAULT'];
const plan = Array.from({ length: Math.ceil(howOften / faults.length) }, (_, deck) => inAnyOrder(random.fork(deck)))
  .flat()
  .slice(0, howOften)
  .filter(({ name }) => only === undefined || name.includes(only));
const clusters = Array.from({ length: Math.ceil(plan.length / perCluster) }, (_, index) => ({
  number: index + 1,
  met: plan.slice(index * perCluster, (index + 1) * perCluster),
}));

const eventStorePort = await freePort();
const container = await startFrailStores(eventStorePort).catch((error: unknown) => {
  if (process.env['STANCE_REQUIRE_CONTAINERS'] === '1') throw error;
  return error instanceof Error ? error.message : String(error);
});
const missing = typeof container === 'string' ? ` (skipped: ${container})` : '';

describe.skipIf(missing !== '')(`a cluster (EventStoreDB: simulator; seed ${seed})${missing}`, () => {
  let stores: FrailStores;
  beforeAll(() => {
    if (typeof container !== 'string') stores = container;
    process.stderr.write(`${plan.length} faults of a cluster with STANCE_TEST_SEED=${seed}\n`);
  });
  afterAll(() => stores.stop(), 60_000);

  test.for(clusters)(
    'loses nothing that was acknowledged and counts nothing twice, whatever goes wrong (cluster $number)',
    { timeout: 60_000 + perCluster * 150_000 },
    async ({ number, met }) => {
      await using closing = new AsyncDisposableStack();
      const cluster = await startFrailCluster({ stores, eventStorePort, name: `cluster_${number}` }, closing);
      const told = closing.adopt(await startTold(), (each) => each.close());
      await told.ask(cluster.address);
      const trial = startTrial(cluster, told);
      for (const [round, fault] of met.entries()) {
        const begun = performance.now();
        try {
          await trial.meet(fault, random.fork(1000 * number + round), `${number}-${round}`);
          if (round % perRebuild === perRebuild - 1 || round === met.length - 1) await trial.expectAsRebuilt();
        } catch (error) {
          process.stderr.write(`${fault.name}, in round ${round} of cluster ${number}:\n${cluster.written()}\n`);
          throw error;
        }
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        process.stderr.write(`${number}.${round} ${fault.name}: ${seconds} s, ${trial.acknowledged()} acknowledged\n`);
      }
      expect(trial.acknowledged()).toBeGreaterThan(met.length);
    },
  );
});
