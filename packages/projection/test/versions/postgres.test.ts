import { defaultMethod } from '@stance/domain';
import { compareReadModels } from '@stance/projection';
import type { VersionPlace } from '@stance/projection';
import { versionKind } from '@stance/read-model';
import {
  openPostgresReadModelWriter,
  openPostgresTableRows,
  openPostgresVersionCatalogue,
  removeVersionSchema,
  versionOptions,
} from '@stance/read-model/postgres';
import { openSqliteTableRows } from '@stance/read-model/sqlite';
import { testPostgres } from '@stance/test-services';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import { entryOf, makeReady } from '../support/made-version.ts';
import { project } from '../support/project.ts';
import { createRecordedLog } from '../support/recorded-log.ts';
import type { RecordedLog } from '../support/recorded-log.ts';
import { statement } from '../support/statements.ts';
import { record, stepsArbitrary } from '../support/steps.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const postgres = await testPostgres();
const kind = versionKind(defaultMethod);

/** A catalogue with a version that is to be made; `leave` removes both. */
const begun = async (parks: boolean) => {
  const { url, schema, query, drop } = postgres.schema();
  const catalogue = await openPostgresVersionCatalogue({ url, schema });
  await catalogue.ensureActive(kind);
  const { version } = await catalogue.begin(kind, parks);
  const options = versionOptions({ url, schema }, version);
  const place: VersionPlace = {
    openFiller: null,
    openWriter: () => openPostgresReadModelWriter({ ...options, method: defaultMethod }),
  };
  return {
    catalogue,
    version,
    options,
    place,
    leave: async () => {
      await catalogue.close();
      await removeVersionSchema({ url, schema }, version);
      await query(`DROP SCHEMA IF EXISTS ${schema}_versions CASCADE`);
      await drop();
    },
  };
};

/** Expects a version in PostgreSQL to be, row for row, what a clean projection into a file gives. */
const expectAsProjected = async (log: RecordedLog, options: { readonly url: string; readonly schema: string }) => {
  using folder = temporaryFolder();
  const path = folder.path('read-model.db');
  await project(log.store, path, [1000]);
  const clean = openSqliteTableRows({ path });
  const made = await openPostgresTableRows(options);
  const tables = await compareReadModels(made, clean);
  await Promise.all([clean.close(), made.close()]);
  expect(tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
};

describe.skipIf(postgres.missing !== null)(`a version of a read model in PostgreSQL${postgres.note}`, () => {
  it.each([0, 1, 1000, 1001])('of %i events is that of a clean projection', async (count) => {
    const log = createRecordedLog();
    for (let no = 0; no < count; no += 1) {
      await log.made(`s${String(no)}`, statement({ holder: `holder-${String(no % 7)}` }));
    }
    const { catalogue, version, options, place, leave } = await begun(false);
    onTestFinished(leave);
    const told = await makeReady({ store: log.store, catalogue, version: await entryOf(catalogue, version), place });
    expect(told.at(-1)).toMatchObject({ state: 'ready', position: count, target: count });
    await expectAsProjected(log, options);
  });

  it(
    'goes on from where it was left, however often it is cancelled and whatever comes in',
    { timeout: 600_000 },
    async () => {
      const runs = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), stepsArbitrary), { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(runs, async (interruptions) => {
          const log = createRecordedLog();
          const { catalogue, version, options, place, leave } = await begun(true);
          try {
            for (const [index, [pages, steps]] of interruptions.entries()) {
              if (index === 0) await record(log, steps);
              else await log.made(`more-${String(index)}`, statement({ holder: 'late', saidAt: '2023-01-01' }));
              await makeReady({
                store: log.store,
                catalogue,
                version: await entryOf(catalogue, version),
                place,
                pages,
              });
            }
            await makeReady({ store: log.store, catalogue, version: await entryOf(catalogue, version), place });
            await expectAsProjected(log, options);
          } finally {
            await leave();
          }
        }),
        { numRuns: 15, endOnFailure: true },
      );
    },
  );

  it('stops at an event that cannot be handled, unless it is parked already, and goes on once that is so', async () => {
    const log = createRecordedLog();
    for (let no = 0; no < 300; no += 1) await log.made(`s${String(no)}`, statement({ holder: `h-${String(no % 7)}` }));
    await log.appendRaw('statement-poison', { type: 'StatementMade', schemaVersion: 99, data: '{}' });
    await log.made('after', statement({ holder: 'after' }));
    const { catalogue, version, options, place, leave } = await begun(false);
    onTestFinished(leave);
    const making = { store: log.store, catalogue, place };
    await expect(
      makeReady({ ...making, version: await entryOf(catalogue, version), stopsAtPoisonBut: new Set() }),
    ).rejects.toMatchObject({ code: 'poison-event', message: expect.stringContaining('statement-poison') });
    expect(await entryOf(catalogue, version)).toMatchObject({ state: 'building' });
    const parked = new Set(['statement-poison']);
    await makeReady({ ...making, version: await entryOf(catalogue, version), stopsAtPoisonBut: parked });
    await expectAsProjected(log, options);
  });
});
