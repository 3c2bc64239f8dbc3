import { defaultMethod } from '@stance/domain';
import { versionKind } from '@stance/read-model';
import { openSqliteVersionCatalogue, versionFile } from '@stance/read-model/sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { entryOf, fileOf, makeReady } from '../support/made-version.ts';
import { project } from '../support/project.ts';
import { createRecordedLog } from '../support/recorded-log.ts';
import { statement } from '../support/statements.ts';
import { record, stepsArbitrary } from '../support/steps.ts';
import { tableRows } from '../support/table-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const kind = versionKind(defaultMethod);

/** A log of so many statements. */
const logOf = async (count: number) => {
  const log = createRecordedLog();
  for (let no = 0; no < count; no += 1) {
    await log.made(`s${String(no)}`, statement({ holder: `holder-${String(no % 7)}` }));
  }
  return log;
};

describe('a version of the read model that is made', () => {
  it.each([0, 1, 249, 250, 251, 500, 1000, 1001])('of %i events is that of a clean projection', async (count) => {
    using folder = temporaryFolder();
    const log = await logOf(count);
    const path = folder.path('read-model.db');
    await project(log.store, path, [1000]);
    const catalogue = openSqliteVersionCatalogue({ path });
    await catalogue.ensureActive(kind);
    const version = await catalogue.begin(kind, false);
    const told = await makeReady({ store: log.store, catalogue, version, place: fileOf(path, version.version) });
    expect(told.at(-1)).toMatchObject({ state: 'ready', position: count, target: count });
    expect(await entryOf(catalogue, version.version)).toMatchObject({ state: 'ready', halt: null });
    expect(await tableRows(versionFile(path, version.version))).toEqual(await tableRows(path));
    await catalogue.close();
  });

  it(
    'goes on from where it was left, however often it is cancelled and whatever comes in',
    { timeout: 600_000 },
    async () => {
      const runs = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), stepsArbitrary), { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(stepsArbitrary, runs, async (steps, interruptions) => {
          using folder = temporaryFolder();
          const log = createRecordedLog();
          await record(log, steps);
          const path = folder.path('read-model.db');
          const catalogue = openSqliteVersionCatalogue({ path });
          await catalogue.ensureActive(kind);
          const { version } = await catalogue.begin(kind, true);
          for (const [pages] of interruptions) {
            const entry = await entryOf(catalogue, version);
            await makeReady({ store: log.store, catalogue, version: entry, place: fileOf(path, version), pages });
            // Some stood still in between.
            await log.made(
              `more-${String(await log.store.head())}`,
              statement({ holder: 'late', saidAt: '2023-01-01' }),
            );
          }
          const last = await entryOf(catalogue, version);
          await makeReady({ store: log.store, catalogue, version: last, place: fileOf(path, version) });
          await project(log.store, path, [7]);
          expect(await tableRows(versionFile(path, version))).toEqual(await tableRows(path));
          await catalogue.close();
        }),
        { numRuns: Math.max(5, Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) / 10)) },
      );
    },
  );

  it('stops at an event that cannot be handled, unless it is parked already, and goes on once that is so', async () => {
    using folder = temporaryFolder();
    const log = await logOf(300);
    await log.appendRaw('statement-poison', { type: 'StatementMade', schemaVersion: 99, data: '{}' });
    await log.made('after', statement({ holder: 'after' }));
    const path = folder.path('read-model.db');
    await project(log.store, path, [1000]);
    const catalogue = openSqliteVersionCatalogue({ path });
    await catalogue.ensureActive(kind);
    const { version } = await catalogue.begin(kind, false);
    const making = { store: log.store, catalogue, place: fileOf(path, version) };
    await expect(
      makeReady({ ...making, version: await entryOf(catalogue, version), stopsAtPoisonBut: new Set() }),
    ).rejects.toMatchObject({ code: 'poison-event', message: expect.stringContaining('statement-poison') });
    expect(await entryOf(catalogue, version)).toMatchObject({ state: 'building' });
    const parked = new Set(['statement-poison']);
    await makeReady({ ...making, version: await entryOf(catalogue, version), stopsAtPoisonBut: parked });
    expect(await tableRows(versionFile(path, version))).toEqual(await tableRows(path));
    await catalogue.close();
  });

  it('follows the log once it is ready', async () => {
    using folder = temporaryFolder();
    const log = await logOf(20);
    const path = folder.path('read-model.db');
    const catalogue = openSqliteVersionCatalogue({ path });
    await catalogue.ensureActive(kind);
    const version = await catalogue.begin(kind, false);
    let waits = 0;
    const until = async (): Promise<boolean> => {
      waits += 1;
      if (waits <= 3) await log.made(`later-${String(waits)}`, statement({ holder: 'later' }));
      return waits > 3;
    };
    await makeReady({ store: log.store, catalogue, version, place: fileOf(path, version.version), until });
    await project(log.store, path, [7]);
    expect(await tableRows(versionFile(path, version.version))).toEqual(await tableRows(path));
    await catalogue.close();
  });

  it('is found changed by another, and leaves it to that one', async () => {
    using folder = temporaryFolder();
    const log = await logOf(20);
    const path = folder.path('read-model.db');
    const catalogue = openSqliteVersionCatalogue({ path });
    await catalogue.ensureActive(kind);
    const version = await catalogue.begin(kind, false);
    await catalogue.halt(version, { code: 'cancelled', message: 'somebody else' });
    await expect(
      makeReady({ store: log.store, catalogue, version, place: fileOf(path, version.version) }),
    ).rejects.toMatchObject({ code: 'version-conflict' });
    await catalogue.close();
  });
});
