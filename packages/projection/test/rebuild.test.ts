import { defaultMethod } from '@stance/domain';
import { createProjection, rebuild, verify } from '@stance/projection';
import { openSqliteReadModelFiller, openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { project } from './support/project.ts';
import { fill } from '../src/rebuild.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import type { RecordedLog } from './support/recorded-log.ts';
import { record, stepsArbitrary } from './support/steps.ts';
import { statement } from './support/statements.ts';
import { tableRows } from './support/table-rows.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;

const sizesArbitrary = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 });

/** Projects live, in batches of these sizes by turns, with next to nothing kept in memory between them. */
const projectLive = async ({ store }: RecordedLog, path: string, sizes: readonly number[]): Promise<void> => {
  const head = await store.head();
  const writer = openSqliteReadModelWriter({ path, method });
  const cacheLimits = { names: 1, histories: 1 };
  const projection = await createProjection({ source: store, writer, method, cacheLimits });
  for (let turn = 0; projection.position() < head; turn += 1)
    await projection.applyNext(sizes[turn % sizes.length] ?? 1);
  await writer.close();
};

describe('a rebuild', () => {
  it('equals what was projected live in batches of any size, row for row', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(stepsArbitrary, sizesArbitrary, async (steps, sizes) => {
        using folder = temporaryFolder();
        const log = createRecordedLog();
        await record(log, steps);
        await projectLive(log, folder.path('live.db'), sizes);
        const filler = openSqliteReadModelFiller({ path: folder.path('rebuilt.db'), method });
        await fill(filler, { source: log.store, method });
        await filler.finish();
        expect(await tableRows(folder.path('rebuilt.db'))).toEqual(await tableRows(folder.path('live.db')));
      }),
    );
  });

  it('equals it with a thread of its own, too', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(stepsArbitrary, sizesArbitrary, async (steps, sizes) => {
        using folder = temporaryFolder();
        const log = createRecordedLog();
        const head = await record(log, steps);
        const path = folder.path('read-model.db');
        await projectLive(log, path, sizes);
        const verification = await verify({ source: log.store, readModelPath: path, method });
        expect(verification.tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
        expect(verification).toMatchObject({ equal: true, position: head });
      }),
      { numRuns: 10 },
    );
  });

  it('equals what was projected live where more is said on one day than a tail may hold', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    for (let no = 0; no < 70; no += 1) await log.made(`s${String(no)}`, statement({ certainty: 0.3 }));
    await log.made('next', statement({ direction: 'oppose', saidAt: '2024-01-11' }));
    await log.made('later', statement({ direction: 'oppose', saidAt: '2024-01-12' }));
    const path = folder.path('read-model.db');
    await project(log.store, path, [7, 1]);
    expect(await verify({ source: log.store, readModelPath: path, method })).toMatchObject({ equal: true });
  });

  it('equals what was projected live where a late statement says of another day who published its document', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    const told = (given: object, source: object, exact: string) =>
      statement({
        authority: 'attributed',
        certainty: 0.4,
        quote: { exact, directness: 'indirect' },
        source,
        ...given,
      });
    await log.made('a', told({}, { id: 'd2', publisher: 'The Post' }, 'One'));
    await log.made('b', told({}, { id: 'd3', copyOf: 'd1' }, 'Two'));
    await log.made(
      'points',
      statement({
        holder: 'bob',
        act: 'endorse',
        direction: undefined,
        endorses: { holder: 'ann' },
        saidAt: '2024-01-11',
      }),
    );
    await log.made('late', told({ saidAt: '2024-01-12' }, { id: 'd1', publisher: 'The Post' }, 'Three'));
    const path = folder.path('read-model.db');
    await project(log.store, path, [1]);
    const { tables } = await verify({ source: log.store, readModelPath: path, method });
    expect(tables.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
  });

  it('of an empty log is an empty read model at position 0', async () => {
    using folder = temporaryFolder();
    const { store } = createRecordedLog();
    const path = folder.path('read-model.db');
    expect(await rebuild({ source: store, path, method })).toEqual({ position: 0, events: 0, parked: 0 });
    const writer = openSqliteReadModelWriter({ path, method });
    expect(await writer.checkpoint()).toMatchObject({ position: 0 });
    await writer.close();
  });
});
