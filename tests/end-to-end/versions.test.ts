import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import type { VersionAnswer } from '@stance/contracts';
import { verify } from '@stance/projection';
import { verifyPostgres } from '@stance/projection/postgres';
import { openSqliteTableRows, versionFile } from '@stance/read-model/sqlite';
import { testPostgres } from '@stance/test-services';
import { describe, expect, onTestFinished, test } from 'vitest';

import { rounds } from '../support/rounds.ts';
import { currentSet } from './support/current-set.ts';
import { applied, readFeed } from './support/feed.ts';
import { newFiles, startService } from './support/service.ts';
import type { Service } from './support/service.ts';

const postgres = await testPostgres();
const path = '/v1/projections/default/versions';
const lanes = 8;
/** How often another version is made and switched to. */
const switches = rounds(2, 8);

const stateOf = async (service: Service, version: number): Promise<string | undefined> => {
  const { items } = await service.ask<{ items: VersionAnswer[] }>(path);
  return items.find((each) => each.version === version)?.state;
};

interface Traffic {
  readonly written: number;
  readonly failed: readonly string[];
}

/** Writes statements, and reads each back as soon as it is acknowledged, and more besides, until told to stop. */
const writeAndRead = async (service: Service, stopping: AbortSignal): Promise<Traffic> => {
  const failed: string[] = [];
  let written = 0;
  const lane = async (): Promise<void> => {
    while (!stopping.aborted) {
      const n = written;
      written += 1;
      const statement = {
        id: `s-${n}`,
        holder: `h${n % 40}`,
        proposition: `p${n % 7}`,
        direction: n % 3 === 0 ? 'oppose' : 'support',
        saidAt: `2024-01-${String(1 + (n % 28)).padStart(2, '0')}`,
      };
      const { status, body } = await service.post<{ position: number }>('/v1/statements?createMissing=true', statement);
      const least = `minPosition=${body.position}`;
      const reads = [
        `/v1/statements/s-${n}?${least}`,
        `/v1/stances?holder=h${n % 40}&${least}`,
        '/v1/changes?limit=20',
      ];
      const answers = await Promise.all(reads.map((read) => service.get<{ knownAt?: number }>(read)));
      if (status !== 201) failed.push(`${status} to s-${n}`);
      for (const [index, answer] of answers.entries()) {
        if (answer.status !== 200)
          failed.push(`${answer.status} to ${reads[index] ?? ''}: ${JSON.stringify(answer.body)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { written, failed };
};

/** Makes versions and switches to them while statements come in and queries are asked. */
const switchUnderLoad = async (service: Service): Promise<{ readonly serving: number; readonly traffic: Traffic }> => {
  const stopping = new AbortController();
  const running = writeAndRead(service, stopping.signal);
  let serving = 1;
  for (let round = 0; round < switches; round += 1) {
    const { body } = await service.post<VersionAnswer>(path, {});
    const { version } = body;
    expect((await service.post(path, {})).status).toBe(409);
    await expect.poll(() => stateOf(service, version), { timeout: 30_000, interval: 20 }).toBe('ready');
    expect((await service.post<VersionAnswer>(`${path}/${version}/switch`, undefined)).body).toMatchObject({
      state: 'active',
    });
    expect((await service.post(`${path}/${serving}/drop`, undefined)).status).toBe(200);
    serving = version;
  }
  stopping.abort();
  return { serving, traffic: await running };
};

describe('another version of the read model', () => {
  test('is made and switched to under those who write and read, who notice nothing', { timeout: 240_000 }, async () => {
    const files = await newFiles();
    const service = await startService(files);
    const { serving, traffic } = await switchUnderLoad(service);
    expect(traffic.failed).toEqual([]);
    expect(traffic.written).toBeGreaterThan(lanes * switches);
    const log = await openSqliteEventLogReader({ path: files.events });
    await service.whenPublished(await log.head());
    await service.stop();

    const readModelPath = versionFile(files.readModel, serving);
    const verification = await verify({ source: log, readModelPath, method: defaultMethod, feedPath: files.feed });
    expect(verification.tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
    expect(verification).toMatchObject({ equal: true, position: await log.head() });
    // Each change was told once, and what was told, applied in order, is the current set.
    const { entries } = await readFeed(files.feed);
    const rows = openSqliteTableRows({ path: readModelPath });
    expect([...applied(entries).keys()].sort()).toEqual([...(await currentSet(rows)).keys()].sort());
    await rows.close();
    await log.close();
  });

  test.skipIf(postgres.missing !== null)(
    `is made and switched to in PostgreSQL, too${postgres.note}`,
    { timeout: 240_000 },
    async () => {
      const files = await newFiles();
      const database = await postgres.database();
      onTestFinished(() => database.drop());
      const service = await startService(files, {
        STANCE_READ_MODEL_URL: database.url,
        STANCE_FEED_STORE_URL: database.url,
      });
      const { serving, traffic } = await switchUnderLoad(service);
      expect(traffic.failed).toEqual([]);
      const log = await openSqliteEventLogReader({ path: files.events });
      await service.whenPublished(await log.head());
      await service.stop();
      const verification = await verifyPostgres({
        source: log,
        method: defaultMethod,
        readModel: { url: database.url, schema: `stance_read_model_v${serving}` },
        feed: { url: database.url },
      });
      expect(verification.tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
      expect(verification).toMatchObject({ equal: true, position: await log.head() });
      await log.close();
    },
  );
});
