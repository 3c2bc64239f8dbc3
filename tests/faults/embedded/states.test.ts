import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { VersionAnswer } from '@stance/contracts';
import { openSqliteVersionCatalogue } from '@stance/read-model/sqlite';
import type { ReadModelVersion, VersionCatalogue } from '@stance/read-model';
import { openSqliteFeedReader } from '@stance/feed/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';

import { followFeed } from '../checks/feed.ts';
import { expectSameAsRebuilt } from '../checks/rebuilt.ts';
import { versionsOf } from '../traffic/versions.ts';
import { filesIn, startService } from './service-process.ts';
import type { ServiceFiles, ServiceProcess } from './service-process.ts';

/** It takes about a minute: more events than are filled between two durable points. */
const isLong = process.env['CI'] === 'true';
const durablePoint = 50_000;
const statements = 100_000;
const path = '/v1/projections/default/versions';

const lines = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const no = from + index;
    const day = String(1 + (no % 28)).padStart(2, '0');
    return JSON.stringify({
      id: `s-${String(no)}`,
      holder: `holder-${String(no % 97)}`,
      proposition: `about-${String(no % 11)}`,
      direction: no % 5 === 0 ? 'oppose' : 'support',
      saidAt: `20${String(10 + (no % 14))}-03-${day}`,
    });
  }).join('\n');

const record = async ({ baseUrl }: ServiceProcess, from: number, count: number): Promise<void> => {
  const response = await fetch(`${baseUrl}/v1/statements?createMissing=true&results=errors`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: `${lines(from, count)}\n`,
  });
  const answer = await response.text();
  if (!response.ok || !answer.includes('"rejected":0')) throw new Error(answer.slice(0, 1000));
};

const tell = async ({ baseUrl }: ServiceProcess, call: string, body?: object): Promise<VersionAnswer> => {
  const response = await fetch(`${baseUrl}${path}${call}`, {
    method: 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as VersionAnswer;
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
};

/** Kills the service as soon as the catalogue, and how far it has come, say so. @returns the version as it was then. */
const killWhen = async (
  service: ServiceProcess,
  catalogue: VersionCatalogue,
  version: number,
  isTime: (entry: ReadModelVersion) => boolean | Promise<boolean>,
): Promise<ReadModelVersion> => {
  for (;;) {
    const entry = (await catalogue.list()).find((each) => each.version === version);
    if (entry === undefined) throw new Error(`version ${String(version)} is not there`);
    if (entry.halt !== null) throw new Error(`${entry.halt.code}: ${entry.halt.message}`);
    if (await isTime(entry)) {
      service.kill();
      await service.gone;
      return (await catalogue.list()).find((each) => each.version === version) ?? entry;
    }
    await delay(1);
  }
};

const restarted = async (files: ServiceFiles): Promise<ServiceProcess> => {
  const service = await startService(files);
  onTestFinished(async () => {
    service.kill();
    await service.gone;
  });
  return service;
};

const whenReady = async ({ baseUrl }: ServiceProcess, version: number): Promise<void> => {
  const stateOf = async () => (await versionsOf(baseUrl)).find((each) => each.version === version)?.state;
  await expect.poll(stateOf, { timeout: 60_000, interval: 50 }).toBe('ready');
};

describe.skipIf(!isLong)(`a version of the read model${isLong ? '' : ' (with CI=true)'}`, () => {
  it(
    'is gone on with after kill -9 in whichever state it is, and serves what a clean rebuild gives',
    { timeout: 600_000 },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'stance-states-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const files = filesIn(folder);
      let service = await restarted(files);
      for (let from = 0; from < statements; from += 2000) await record(service, from, 2000);
      const catalogue = openSqliteVersionCatalogue({ path: files.readModel });
      onTestFinished(() => catalogue.close());
      const feed = followFeed(() => openSqliteFeedReader({ path: files.feed }));
      const positionOf = async (version: number): Promise<number> =>
        (await versionsOf(service.baseUrl)).find((each) => each.version === version)?.progress?.position ?? 0;

      // `building`, before the first durable point
      const first = await tell(service, '', {});
      let killed = await killWhen(service, catalogue, first.version, async (entry) => {
        return entry.state !== 'building' || (await positionOf(first.version)) > 5000;
      });
      expect(killed.state).toBe('building');
      service = await restarted(files);
      await whenReady(service, first.version);
      await tell(service, `/${String(first.version)}/drop`);

      // `building`, behind it: what was durable by then is not filled again
      const { version } = await tell(service, '', {});
      killed = await killWhen(service, catalogue, version, async (entry) => {
        return entry.state !== 'building' || (await positionOf(version)) > durablePoint;
      });
      expect(killed.state).toBe('building');
      service = await restarted(files);
      let seen = 0;
      await expect
        .poll(async () => (seen = await positionOf(version)), { timeout: 30_000, interval: 1 })
        .toBeGreaterThan(0);
      expect(seen).toBeGreaterThan(durablePoint);

      // `ready`
      killed = await killWhen(service, catalogue, version, ({ state }) => state === 'ready');
      expect(killed.state).toBe('ready');
      service = await restarted(files);
      await record(service, statements, 500);
      await whenReady(service, version);

      // `active`, the very moment in which it serves
      const switching = tell(service, `/${String(version)}/switch`).catch(() => undefined);
      killed = await killWhen(service, catalogue, version, ({ state }) => state === 'active');
      await switching;
      expect((await catalogue.list()).map(({ state }) => state)).toEqual(['retired', 'active']);
      service = await restarted(files);
      await record(service, statements + 500, 500);

      // `catching-up`: a retired one is brought up to the log again
      await tell(service, '/1/switch');
      killed = await killWhen(service, catalogue, 1, ({ state }) => state !== 'retired');
      expect(killed.state).toBe('catching-up');
      service = await restarted(files);
      await whenReady(service, 1);
      await tell(service, '/1/switch');

      await feed.expectCurrent(service.baseUrl, statements + 1000);
      await expectSameAsRebuilt(files, statements + 1000);
      await whenReady(service, await tell(service, `/${String(version)}/switch`).then((answer) => answer.version));
      await tell(service, `/${String(version)}/switch`);
      await expectSameAsRebuilt(files, statements + 1000);
    },
  );
});
