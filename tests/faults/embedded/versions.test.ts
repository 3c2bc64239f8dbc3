import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { openSqliteFeedReader } from '@stance/feed/sqlite';
import { expect, it, onTestFinished } from 'vitest';

import { rounds } from '../../support/rounds.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { expectInAnswers, expectInLog } from '../checks/expectations.ts';
import { followFeed } from '../checks/feed.ts';
import { createLogWatch } from '../checks/log-watch.ts';
import { expectSameAsRebuilt } from '../checks/rebuilt.ts';
import { createLedger } from '../traffic/ledger.ts';
import { sendUntilGone, settle } from '../traffic/traffic.ts';
import { operateUntilGone, queryUntilGone, versionsOf } from '../traffic/versions.ts';
import { filesIn, startService } from './service-process.ts';

const seed = Number(process.env['STANCE_TEST_SEED'] ?? Date.now() % 2 ** 32);
const howOften = rounds(1, 20);

it(
  `makes versions of the read model and switches between them, however often it is killed (seed ${seed})`,
  async () => {
    process.stderr.write(`${howOften} rounds of kill -9 among versions with STANCE_TEST_SEED=${seed}\n`);
    const folder = await mkdtemp(join(tmpdir(), 'stance-versions-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const files = filesIn(folder);
    const random = seededRandom(seed);
    const log = createLogWatch({ open: () => openSqliteEventLogReader({ path: files.events }), counted: true });
    const feed = followFeed(() => openSqliteFeedReader({ path: files.feed }));
    const ledger = createLedger(() => undefined);
    let switches = 0;

    for (let round = 0; round <= howOften; round += 1) {
      const service = await startService(files);
      try {
        const versions = await versionsOf(service.baseUrl);
        expect(versions.filter(({ state }) => state === 'active')).toHaveLength(1);
        const acknowledged = ledger.takeTouched();
        expectInLog(await log.look(), acknowledged);
        await settle(service.baseUrl, ledger, ledger.takeUnanswered());
        await expectInAnswers(service.baseUrl, acknowledged.slice(-20), ledger.position());
        await feed.expectCurrent(service.baseUrl, ledger.position());
        await expectSameAsRebuilt(files, ledger.position());
        if (round === howOften) break;

        const [operated, failed] = await Promise.all([
          operateUntilGone(service.baseUrl, random.fork(2 * round)),
          queryUntilGone(service.baseUrl),
          sendUntilGone(service.baseUrl, ledger, random.fork(2 * round + 1), `${round}`),
          delay(200 + random.integer(1500)).then(() => service.kill()),
        ]);
        switches += operated.switches;
        expect(failed).toEqual([]);
        expect(await service.gone).toBe('SIGKILL');
      } finally {
        service.kill();
        await service.gone;
      }
    }
    // A few rounds may end before any version was ready.
    if (howOften > 10) expect(switches).toBeGreaterThan(0);
  },
  howOften * 20_000,
);
