import { defaultMethod } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import { openPostgresFeedStore } from '@stance/feed/postgres';
import { compareReadModels, createProjection } from '@stance/projection';
import {
  openPostgresChangeSetReader,
  openPostgresReadModelWriter,
  openPostgresTableRows,
} from '@stance/read-model/postgres';
import { openSqliteReadModelFiller, openSqliteTableRows } from '@stance/read-model/sqlite';
import { testPostgres } from '@stance/test-services';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fill } from '../src/rebuild.ts';
import { verifyFeed } from '../src/verify-feed.ts';
import { currentChanges } from '../src/current-changes.ts';
import { startCommitCuttingProxy } from './support/commit-cutting-proxy.ts';
import { faultyLog } from './support/faulty-log.ts';
import type { Fault } from './support/faulty-log.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { record, stepsArbitrary } from './support/steps.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const postgres = await testPostgres();
const method = defaultMethod;
/** Few: each makes two schemas. */
const numRuns = 25;

describe.skipIf(postgres.missing !== null)(`a projection into PostgreSQL${postgres.note}`, () => {
  it(
    'equals a rebuild in SQLite, row for row, and is published as it is, whatever the size of the batches',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          stepsArbitrary,
          fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
          async (steps, sizes) => {
            using folder = temporaryFolder();
            const readModel = postgres.schema();
            const published = postgres.schema();
            const log = createRecordedLog();
            const head = await record(log, steps);

            const writer = await openPostgresReadModelWriter({ ...readModel, method });
            const changes = await openPostgresChangeSetReader(readModel);
            const feed = await openPostgresFeedStore(published);
            const publisher = createPublisher({ changes, feed });
            // With next to nothing kept in memory, so that all is looked up.
            const cacheLimits = { names: 1, histories: 1 };
            const projection = await createProjection({ source: log.store, writer, method, cacheLimits });
            for (let turn = 0; projection.position() < head; turn += 1) {
              const size = sizes[turn % sizes.length] ?? 1;
              await projection.applyNext(size);
              await publisher.publishNext(size);
            }
            while ((await publisher.publishNext(10)).more);

            const filler = openSqliteReadModelFiller({ path: folder.path('rebuilt.db'), method });
            await fill(filler, { source: log.store, method });
            await filler.finish();
            const live = await openPostgresTableRows(readModel);
            const rebuilt = openSqliteTableRows({ path: folder.path('rebuilt.db') });
            const compared = await compareReadModels(live, rebuilt);
            expect(compared.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
            expect(live.checkpoint).toMatchObject({ position: head });
            expect(await verifyFeed(feed, await feed.head(), currentChanges(live))).toMatchObject({ equal: true });

            await Promise.all([live.close(), rebuilt.close(), writer.close(), changes.close(), feed.close()]);
            await Promise.all([readModel.drop(), published.drop()]);
          },
        ),
        { numRuns },
      );
    },
  );

  it(
    'retries what was parked, and equals a projection that could handle it at once',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          stepsArbitrary,
          fc.array(fc.nat(60), { minLength: 1, maxLength: 5 }),
          async (steps, chosen) => {
            using folder = temporaryFolder();
            const readModel = postgres.schema();
            const log = createRecordedLog();
            const head = await record(log, steps);
            const { events } = await log.store.readAll({ after: 0, limit: 1000 });
            const faults = new Map<string, Fault>();
            for (const at of chosen) {
              const event = events[at % Math.max(events.length, 1)];
              if (event !== undefined) faults.set(event.id, 'newer-version');
            }
            const writer = await openPostgresReadModelWriter({ ...readModel, method });
            const projection = await createProjection({ source: faultyLog(log.store, faults), writer, method });
            while (projection.position() < head) await projection.applyNext(7);
            faults.clear();
            for (const stream of await writer.parkedStreams()) await projection.retry(stream);
            await project(log.store, folder.path('clean.db'));
            const live = await openPostgresTableRows(readModel);
            const clean = openSqliteTableRows({ path: folder.path('clean.db') });
            const compared = await compareReadModels(live, clean);
            expect(compared.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
            await Promise.all([live.close(), clean.close(), writer.close()]);
            await readModel.drop();
          },
        ),
        { numRuns },
      );
    },
  );

  it('goes on after the server has hung up, as if nothing had been', async () => {
    const { url, schema, query, drop } = postgres.schema();
    const log = createRecordedLog();
    const writer = await openPostgresReadModelWriter({ url: `${url}?application_name=${schema}`, schema, method });
    const projection = await createProjection({ source: log.store, writer, method });
    const statement = { proposition: 'p1', direction: 'support', act: 'assert', authority: 'self' } as const;
    await log.made('a', { ...statement, holder: 'ann', saidAt: '2024-01-10' });
    await projection.applyNext(10);
    await log.made('b', { ...statement, holder: 'bob', saidAt: '2024-01-11' });
    await query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1', [schema]);
    // The end of the connections may reach the pool before the next call, or with it.
    await expect
      .poll(() =>
        projection.applyNext(10).then(
          () => projection.position(),
          () => -1,
        ),
      )
      .toBe(await log.store.head());
    expect(await query('SELECT id FROM statements ORDER BY id')).toEqual([{ id: 'a' }, { id: 'b' }]);
    await writer.close();
    await drop();
  });

  it.each(['answer', 'commit'] as const)(
    'finds by the checkpoint whether what it wrote is there, where it was cut off from the %s',
    async (cut) => {
      const { url, schema, query, drop } = postgres.schema();
      const proxy = await startCommitCuttingProxy(url);
      const log = createRecordedLog();
      const writer = await openPostgresReadModelWriter({ url: proxy.url, schema, method });
      const projection = await createProjection({ source: log.store, writer, method });
      const statement = { proposition: 'p1', direction: 'support', act: 'assert', authority: 'self' } as const;
      const ids = ['a', 'b', 'c', 'd'];
      for (const [index, id] of ids.entries()) {
        await log.made(id, { ...statement, holder: 'ann', saidAt: `2024-01-1${String(index)}` });
      }
      await projection.applyNext(1);
      await projection.applyNext(1);
      const passed = projection.whenPassed(3);
      proxy.cutNext(cut);
      await expect(projection.applyNext(1)).rejects.toMatchObject({ code: 'read-model-unavailable', retryable: true });
      expect(proxy.cuts()).toBe(1);
      expect(await query('SELECT position FROM checkpoint')).toEqual([{ position: cut === 'answer' ? '3' : '2' }]);
      while ((await projection.applyNext(1)).more);
      await passed;
      expect(projection.position()).toBe(4);
      expect(await query('SELECT id, position FROM statements ORDER BY id')).toEqual(
        ids.map((id, index) => ({ id, position: String(index + 1) })),
      );
      await writer.close();
      await proxy.close();
      await drop();
    },
  );
});
