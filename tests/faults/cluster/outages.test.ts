import { startFrailStores } from '@stance/test-services';
import type { FrailStores, Side } from '@stance/test-services';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { ClusterService } from '../../support/cluster.ts';
import { freePort } from '../../support/free-port.ts';
import { rounds } from '../../support/rounds.ts';
import { password, refusal } from '../configuration/refusal.ts';
import { postJson } from '../traffic/client.ts';
import { whoIsAtWork } from './faults/processes.ts';
import { startFrailCluster } from './frail-cluster.ts';
import type { FrailCluster } from './frail-cluster.ts';
import type { Member } from './member.ts';
import { whenWell } from './trial.ts';
import { isWhole } from './whole.ts';

const eventStorePort = await freePort();
const container = await startFrailStores(eventStorePort).catch((error: unknown) => {
  if (process.env['STANCE_REQUIRE_CONTAINERS'] === '1') throw error;
  return error instanceof Error ? error.message : String(error);
});
const missing = typeof container === 'string' ? ` (skipped: ${container})` : '';

/** Who cannot do without a store, not even for a while: a projector has its events from the broker. */
const needed: Readonly<Record<keyof Side, readonly ClusterService[]>> = {
  eventStore: ['ingestion', 'relay', 'query'],
  broker: ['relay', 'projector'],
  database: ['relay', 'projector', 'query'],
};
const stores = Object.keys(needed) as (keyof Side)[];
const outagesOf = (how: 'cut' | 'hang') => stores.map((store) => [store, how] as const);
const tried = isWhole ? [...outagesOf('cut'), ...outagesOf('hang')] : outagesOf('cut').slice(0, rounds(1, 3));
/** In milliseconds, less than who runs containers gives them by docker-compose.yml. */
const stopDeadline = 25_000;

describe.skipIf(missing !== '')(`a cluster (EventStoreDB: simulator)${missing}`, { timeout: 240_000 }, () => {
  const closing = new AsyncDisposableStack();
  let frail: FrailStores;
  let cluster: FrailCluster;

  beforeAll(async () => {
    if (typeof container === 'string') return;
    frail = closing.adopt(container, (each) => each.stop());
    cluster = await startFrailCluster({ stores: frail, eventStorePort, name: 'outages' }, closing);
    await postJson(`${cluster.address}/v1/statements?createMissing=true`, {
      holder: 'ana',
      proposition: 'build-the-dam',
      direction: 'support',
      saidAt: '2024-01-01',
    });
    await whoIsAtWork(cluster, 'projector');
  }, 120_000);
  afterAll(() => closing.disposeAsync(), 60_000);

  const during = async (store: keyof Side, how: 'cut' | 'hang', work: () => Promise<void>): Promise<void> => {
    try {
      for (const side of frail.sides) await side[store][how]();
      await work();
    } finally {
      for (const side of frail.sides) await side[store].heal();
    }
  };

  const whoNeeds = (store: keyof Side): Promise<readonly Member[]> =>
    Promise.all(
      needed[store].map((service) =>
        service === 'relay' || service === 'projector'
          ? whoIsAtWork(cluster, service)
          : Promise.resolve(cluster.members.find((member) => member.service === service)),
      ),
    ).then((found) => found.filter((member) => member !== undefined));

  test.for(tried)(
    'says that it is not ready, and why, while the %s is away (%s), and recovers',
    async ([store, how]) => {
      const concerned = await whoNeeds(store);
      await during(store, how, async () => {
        await vi.waitFor(
          async () => {
            for (const { service, address } of concerned) {
              const answer = await fetch(`${address}/readyz`);
              const said = await answer.text();
              expect(answer.status, `${service}: ${said}`).toBe(503);
              expect(said).toMatch(/"ok":false,"detail":"[^"]{20,}/);
              expect(said).not.toContain('test:test');
            }
          },
          { timeout: 90_000, interval: 100 },
        );
      });
      await whenWell(cluster);
    },
  );

  test.for(tried)('stops in order while the %s is away (%s)', async ([store, how]) => {
    await whoNeeds(store);
    await during(store, how, async () => {
      const begun = performance.now();
      const ends = await Promise.all(
        cluster.members.map(async (member) => {
          const end = await member.stop();
          return `${member.service}: ${end}${end === 0 ? '' : member.written()}`;
        }),
      );
      expect(new Set(ends)).toEqual(new Set(cluster.members.map(({ service }) => `${service}: 0`)));
      expect(performance.now() - begun).toBeLessThan(stopDeadline);
    });
    await Promise.all(cluster.members.map((member) => member.start()));
    await whenWell(cluster);
  });

  test.for(['relay', 'projector'] as const)(
    '%s ends where the broker refuses the user, or gives no rights',
    async (service) => {
      const brokerUrl = (login: string): string => `kafka://${login}@${frail.broker.forUsers}?topicPrefix=denied.`;
      const refused = await refusal(service, { ...cluster.direct, brokerUrl: brokerUrl(`user:${password}`) });
      expect(refused).toMatch(/see user, password and mechanism/);
      const denied = await refusal(service, { ...cluster.direct, brokerUrl: brokerUrl('user:user-password') });
      expect(denied).toMatch(/no topic denied\.stance\.events\.v1.*give the right/);
      expect(denied).not.toContain('user-password');
    },
  );
});
