import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { openSqliteFeedReader } from '@stance/feed/sqlite';
import { expect, it, onTestFinished } from 'vitest';

import { rounds } from '../../support/rounds.ts';
import { expectInAnswers, expectInLog } from '../checks/expectations.ts';
import { expectSameAsRebuilt } from '../checks/rebuilt.ts';
import { followFeed } from '../checks/feed.ts';
import { startTold } from '../checks/told.ts';
import { createLedger } from '../traffic/ledger.ts';
import { createLogWatch } from '../checks/log-watch.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { filesIn, startService } from './service-process.ts';
import { sendUntilGone, settle } from '../traffic/traffic.ts';

const seed = Number(process.env['STANCE_TEST_SEED'] ?? Date.now() % 2 ** 32);
const howOften = rounds(3, 100);

it(
  `loses nothing that was acknowledged and counts nothing twice, however often it is killed (seed ${seed})`,
  async () => {
    process.stderr.write(`${howOften} rounds of kill -9 with STANCE_TEST_SEED=${seed}\n`);
    const folder = await mkdtemp(join(tmpdir(), 'stance-crash-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const files = filesIn(folder);
    const random = seededRandom(seed);
    const log = createLogWatch({ open: () => openSqliteEventLogReader({ path: files.events }), counted: true });
    const feed = followFeed(() => openSqliteFeedReader({ path: files.feed }));
    const told = await startTold();
    onTestFinished(() => told.close());
    let messages = 0;
    let changes = 0;
    let onAcknowledged: () => void = () => undefined;
    const ledger = createLedger(() => onAcknowledged());

    for (let round = 0; round <= howOften; round += 1) {
      const service = await startService(files);
      try {
        if (round === 0) await told.ask(service.baseUrl);
        const acknowledged = ledger.takeTouched();
        expectInLog(await log.look(), acknowledged);
        await settle(service.baseUrl, ledger, ledger.takeUnanswered());
        const settled = ledger.takeTouched();
        expectInLog(await log.look(), settled);
        const sample = [...acknowledged.slice(-20), ...settled.slice(-10)];
        await expectInAnswers(service.baseUrl, sample, ledger.position());
        changes = await feed.expectCurrent(service.baseUrl, ledger.position());
        messages = await told.expectCurrent(service.baseUrl, ledger.position());
        await expectSameAsRebuilt(files, ledger.position());
        if (round === howOften) break;

        const enough = ledger.count() + 1 + random.integer(400);
        const hold = random.integer(20);
        onAcknowledged = () => {
          // Now and then a little later, so that it is not always just after an answer.
          if (ledger.count() >= enough) setTimeout(() => service.kill(), hold);
        };
        await sendUntilGone(service.baseUrl, ledger, random.fork(round), `${round}`);
        expect(await service.gone).toBe('SIGKILL');
      } finally {
        onAcknowledged = () => undefined;
        service.kill();
        await service.gone;
      }
    }
    expectInLog(await log.look(), [...ledger.statements.values()]);
    expect(changes).toBeGreaterThan(howOften);
    expect(messages).toBeGreaterThanOrEqual(changes);
    expect(ledger.statements.size).toBeGreaterThan(howOften);
  },
  howOften * 10_000,
);
