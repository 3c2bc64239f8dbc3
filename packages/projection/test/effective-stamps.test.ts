import { defaultMethod } from '@stance/domain';
import type { StoredEvent } from '@stance/event-store';
import { compareReadModels, rebuild } from '@stance/projection';
import type { ProjectedLog } from '@stance/projection';
import { openSqliteTableRows } from '@stance/read-model/sqlite';
import { openSqliteReadModel } from '@stance/read-model/sqlite/reader';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { record, stepsArbitrary } from './support/steps.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const from = 1_700_000_000_000;

/** A log under other stamps, by turns, which may go back. */
const stamped = (log: ProjectedLog, stamps: readonly number[]): ProjectedLog => {
  const under = (event: StoredEvent): StoredEvent => ({
    ...event,
    recordedAt: from + (stamps[event.position % stamps.length] ?? 0),
  });
  return {
    readAll: async (options) => {
      const { events, position } = await log.readAll(options);
      return { events: events.map(under), position };
    },
    readStream: async (...call) => (await log.readStream(...call)).map(under),
  };
};

it('where stamps go back, a rebuild equals what was projected live, and an instant gives all that was recorded by then', async () => {
  await fc.assert(
    fc.asyncProperty(
      stepsArbitrary,
      fc.array(fc.nat(20), { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      async (steps, stamps, sizes) => {
        using folder = temporaryFolder();
        const log = createRecordedLog();
        const head = await record(log, steps);
        const source = stamped(log.store, stamps);
        const path = folder.path('live.db');
        await project(source, path, sizes);
        await rebuild({ source, path: folder.path('rebuilt.db'), method: defaultMethod });

        const live = openSqliteTableRows({ path });
        const rebuilt = openSqliteTableRows({ path: folder.path('rebuilt.db') });
        const compared = await compareReadModels(live, rebuilt);
        expect(compared.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
        expect(rebuilt.checkpoint.recordedAt).toBe(live.checkpoint.recordedAt);
        await Promise.all([live.close(), rebuilt.close()]);

        const { events } = await source.readAll({ after: 0, limit: 1000 });
        const model = openSqliteReadModel({ path });
        await model.read(async (snapshot) => {
          expect(snapshot.checkpoint.recordedAt).toBe(Math.max(0, ...events.map(({ recordedAt }) => recordedAt)));
          for (let instant = from - 1; instant <= from + 21; instant += 1) {
            const later = events.findIndex(({ recordedAt }) => recordedAt > instant);
            expect(await snapshot.positionAt(instant)).toBe(later === -1 ? head : later);
          }
        });
        await model.close();
      },
    ),
    { numRuns: process.env['CI'] === 'true' ? 40 : 15 },
  );
}, 300_000);
