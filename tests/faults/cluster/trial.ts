import { setTimeout as delay } from 'node:timers/promises';

import { openEventStoreDb } from '@stance/event-store/eventstoredb';
import { openPostgresFeedReader } from '@stance/feed/postgres';
import { expect, vi } from 'vitest';

import type { SeededRandom } from '../../support/seeded-random.ts';
import { expectInAnswers, expectInLog } from '../checks/expectations.ts';
import { followFeed } from '../checks/feed.ts';
import type { Told } from '../checks/told.ts';
import { createLogWatch } from '../checks/log-watch.ts';
import { getJson } from '../traffic/client.ts';
import { createLedger } from '../traffic/ledger.ts';
import { sendUntilStopped, settleInTime } from '../traffic/traffic.ts';
import { expectAsRebuilt } from './checks.ts';
import type { Fault } from './fault.ts';
import type { FrailCluster } from './frail-cluster.ts';

/** A cluster on trial: what it has acknowledged over all the faults that it met. */
export interface Trial {
  /** Lets a fault happen while statements come in, and sees that none is lost and none counts twice. */
  meet(fault: Fault, random: SeededRandom, name: string): Promise<void>;
  /** Sees that the read model, with all that happened to it, is the one that a rebuild gives. */
  expectAsRebuilt(): Promise<void>;
  acknowledged(): number;
}

/** How long a cluster may take to be well again, in milliseconds. */
const recovery = 120_000;
/** Of the statements that were touched by a round, so many are asked for. */
const sample = 25;

const inTime = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: recovery, interval: 100 });

/** Resolves once all services say that they are ready. */
export const whenWell = ({ members }: Pick<FrailCluster, 'members'>): Promise<void> =>
  inTime(async () => {
    for (const member of members) {
      const answer = await fetch(`${member.address}/readyz`, { signal: AbortSignal.timeout(5000) });
      expect(answer.status, `${member.service}: ${await answer.text()}`).toBe(200);
    }
  });

/** @param told is told of changes by the cluster. */
export const startTrial = (cluster: FrailCluster, told: Told): Trial => {
  const { address, direct } = cluster;
  const log = createLogWatch({ open: () => openEventStoreDb({ url: direct.eventStoreUrl }), counted: false });
  const feed = followFeed(() => openPostgresFeedReader({ url: direct.readModelUrl }));
  const waiting = new Set<() => void>();
  const ledger = createLedger(() => {
    for (const look of waiting) look();
  });

  const untilAcknowledged = (more: number): Promise<void> =>
    new Promise((resolve) => {
      const enough = ledger.count() + more;
      const look = (): void => {
        if (ledger.count() < enough) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  const duringTraffic = async (work: () => Promise<void>, random: SeededRandom, name: string): Promise<void> => {
    const stopping = new AbortController();
    const traffic = sendUntilStopped({ baseUrl: address, ledger, random, name, stopping: stopping.signal });
    try {
      // What is wrong with an answer is told at once.
      await Promise.race([work(), traffic]);
    } finally {
      stopping.abort();
      await traffic;
    }
  };

  const check = async (): Promise<void> => {
    const touched = ledger.takeTouched();
    expectInLog(await log.look(), touched);
    const position = ledger.position();
    await inTime(async () => {
      await getJson(`${address}/v1/changes?limit=1&minPosition=${position}`);
    });
    await expectInAnswers(address, touched.slice(-sample), position);
    await feed.expectCurrent(address, position);
    await told.expectCurrent(address, position);
  };

  return {
    async meet(fault, random, name) {
      const ground = { cluster, random, untilAcknowledged, last: (milliseconds: number) => delay(milliseconds) };
      await duringTraffic(() => fault.happen(ground), random.fork(1), name);
      await whenWell(cluster);
      await settleInTime(address, ledger);
      await check();
    },
    expectAsRebuilt: () => expectAsRebuilt(direct),
    acknowledged: () => ledger.count(),
  };
};
