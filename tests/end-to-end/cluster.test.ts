import { join } from 'node:path';

import { defaultMethod } from '@stance/domain';
import { openEventStoreDb } from '@stance/event-store/eventstoredb';
import { openPostgresFeedReader } from '@stance/feed/postgres';
import { compareReadModels, createProjection } from '@stance/projection';
import { openPostgresTableRows } from '@stance/read-model/postgres';
import { openSqliteReadModelWriter, openSqliteTableRows } from '@stance/read-model/sqlite';
import { testKafka, testPostgres } from '@stance/test-services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { compare } from '../cases/answers/answer.ts';
import { createWorld } from '../cases/answers/service.ts';
import { readCases } from '../cases/format/read-case.ts';
import { runStance, runStanceWith } from '../support/command.ts';
import { testData } from '../support/test-data.ts';
import { startCluster } from './support/cluster.ts';
import type { Cluster } from './support/cluster.ts';
import { currentSet } from './support/current-set.ts';
import { applied } from './support/feed.ts';
import { newFiles } from './support/service.ts';

const postgres = await testPostgres();
const kafka = await testKafka();
const missing = postgres.missing ?? kafka.missing;
const note = `${postgres.note}${kafka.note} (EventStoreDB: simulator)`;
const votes = testData('un-votes/un_cuba_embargo.ndjson');
const method = defaultMethod;
const cases = readCases(join(import.meta.dirname, '../cases/situations')).filter(
  ({ pending }) => pending === undefined,
);

describe.skipIf(missing !== null)(`the services as processes of a cluster${note}`, () => {
  const closing = new AsyncDisposableStack();
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster({ postgres, kafka }, closing);
  }, 120_000);
  afterAll(() => closing.disposeAsync(), 60_000);

  test.for(cases.map((each) => [each.name, each] as const))('answer %s as the rules do', async ([, each]) => {
    const world = createWorld(cluster.address, `cluster.${each.name}`, each);
    await world.begin();
    for (const step of each.given) await world.record(step);
    const { answered, expected } = await compare(each, world.ask);
    expect(answered).toEqual(expected);
  });

  test.skipIf(votes.missing !== null)(
    `take the votes on the embargo against Cuba${votes.missing === null ? '' : ` (${votes.missing})`}`,
    { timeout: 180_000 },
    async () => {
      const run = await runStance('import', 'un-cuba-embargo', votes.file, '--json', '--url', cluster.address);
      expect(run.code, run.stderr).toBe(0);
    },
  );

  test('go on while the read model is made anew, and agree with it', { timeout: 180_000 }, async () => {
    const env = { STANCE_EVENT_STORE_URL: cluster.eventStoreUrl, STANCE_READ_MODEL_URL: cluster.readModelUrl };
    const rebuilt = await runStanceWith(env, 'rebuild', '--json');
    expect(rebuilt.code, rebuilt.stderr).toBe(0);
    const actor = {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"New","kind":"person"}',
    };
    const put = await fetch(`${cluster.address}/v1/actors/new`, actor);
    const { position } = (await put.json()) as { position: number };
    const seen = await fetch(`${cluster.address}/v1/actors/new?minPosition=${String(position)}`);
    expect(seen.status, await seen.text()).toBe(200);
    const verified = await runStanceWith(env, 'verify', '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ equal: true });
  });

  test(
    'stop in order, and leave what one process makes of the same events in files, row for row',
    { timeout: 180_000 },
    async () => {
      const source = await openEventStoreDb({ url: cluster.eventStoreUrl });
      closing.defer(() => source.close());
      const head = await source.head();
      const seen = await fetch(`${cluster.address}/v1/changes?limit=1&minPosition=${String(head)}`);
      expect(seen.status, await seen.text()).toBe(200);
      expect(new Set(await cluster.stopServices())).toEqual(new Set([0]));

      const { readModel: path } = await newFiles();
      const writer = openSqliteReadModelWriter({ path, method });
      const projection = await createProjection({ source, writer, method });
      while ((await projection.applyNext(1000)).more);
      await writer.close();

      await using opened = new AsyncDisposableStack();
      const embedded = opened.adopt(openSqliteTableRows({ path }), (each) => each.close());
      const made = opened.adopt(await openPostgresTableRows({ url: cluster.readModelUrl }), (each) => each.close());
      expect(made.checkpoint.position).toBe(embedded.checkpoint.position);
      const tables = await compareReadModels(embedded, made);
      expect(tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);

      const feed = opened.adopt(await openPostgresFeedReader({ url: cluster.readModelUrl }), (each) => each.close());
      const entries = await feed.readFeed({ after: 0, limit: 100_000 });
      expect(new Map([...applied(entries)].map(([id, { body }]) => [id, body]))).toEqual(await currentSet(embedded));
    },
  );
});
