import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { createPublisher } from '@stance/feed';
import { openPostgresFeedStore } from '@stance/feed/postgres';
import { createProjection } from '@stance/projection';
import {
  openPostgresChangeSetReader,
  openPostgresReadModelWriter,
  openPostgresTableRows,
} from '@stance/read-model/postgres';
import { openSqliteTableRows } from '@stance/read-model/sqlite';
import { testPostgres } from '@stance/test-services';
import { describe, expect, onTestFinished, test } from 'vitest';

import { runStance } from '../support/command.ts';
import { testData } from '../support/test-data.ts';
import { currentSet } from './support/current-set.ts';
import { applied } from './support/feed.ts';
import { newFiles, startService } from './support/service.ts';
import type { Files, Service } from './support/service.ts';

const postgres = await testPostgres();
const method = defaultMethod;
const votes = testData('un-votes/un_cuba_embargo.ndjson');

const inSchema = () => {
  const made = postgres.schema();
  onTestFinished(() => made.drop());
  return made;
};

/** Stops a service once its read model has all that was recorded. */
const stopWhenPassed = async (service: Service, { events }: Files): Promise<void> => {
  const log = await openSqliteEventLogReader({ path: events });
  await service.ask(`/v1/changes?limit=1&minPosition=${String(await log.head())}`);
  await log.close();
  await service.stop();
};

/** Makes read model and feed in PostgreSQL from the events of a service that has stopped, and compares them with its own. */
const compareWithPostgres = async ({ events, readModel }: Files): Promise<{ readonly events: number }> => {
  const rows = inSchema();
  const published = inSchema();
  await using opened = new AsyncDisposableStack();
  const closed = <Closable extends { close(): Promise<void> }>(closable: Closable): Closable =>
    opened.adopt(closable, (each) => each.close());

  const source = closed(await openSqliteEventLogReader({ path: events }));
  const writer = closed(await openPostgresReadModelWriter({ ...rows, method }));
  const projection = await createProjection({ source, writer, method });
  while ((await projection.applyNext(1000)).more);
  const changes = closed(await openPostgresChangeSetReader(rows));
  const store = closed(await openPostgresFeedStore(published));
  const publisher = createPublisher({ changes, feed: store });
  while ((await publisher.publishNext(1000)).more);

  const embedded = closed(openSqliteTableRows({ path: readModel }));
  const cluster = closed(await openPostgresTableRows(rows));
  expect(cluster.checkpoint.position).toBe(embedded.checkpoint.position);
  const compared = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('../compare-read-models.ts', import.meta.url)), readModel, `${rows.url}#${rows.schema}`],
    { encoding: 'utf8' },
  );
  expect(compared.status, compared.stdout + compared.stderr).toBe(0);
  expect(compared.stdout).toContain('0 of ');
  const entries = await store.readFeed({ after: 0, limit: 100_000 });
  expect(new Map([...applied(entries)].map(([id, { body }]) => [id, body]))).toEqual(await currentSet(embedded));
  return { events: projection.position() };
};

describe.skipIf(postgres.missing !== null)(`read model and feed in PostgreSQL${postgres.note}`, () => {
  test('of the examples are what the service has in SQLite, row for row', async () => {
    const files = await newFiles();
    const service = await startService(files, { STANCE_SEED: 'examples' });
    await stopWhenPassed(service, files);
    expect((await compareWithPostgres(files)).events).toBeGreaterThan(10);
  });

  test.skipIf(votes.missing !== null)(
    `of the votes on the embargo against Cuba are, too${votes.missing === null ? '' : ` (${votes.missing})`}`,
    { timeout: 120_000 },
    async () => {
      const files = await newFiles();
      const service = await startService(files);
      const run = await runStance('import', 'un-cuba-embargo', votes.file, '--json', '--url', service.address);
      expect(run.code, run.stderr).toBe(0);
      await stopWhenPassed(service, files);
      expect((await compareWithPostgres(files)).events).toBeGreaterThan(5000);
    },
  );
});
