import { defaultMethod } from '@stance/domain';
import { compareReadModels, createProjection } from '@stance/projection';
import type { ProjectedLog } from '@stance/projection';
import { openSqliteReadModelWriter, openSqliteTableRows } from '@stance/read-model/sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { faultyLog } from './support/faulty-log.ts';
import type { Fault } from './support/faulty-log.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { record, stepsArbitrary } from './support/steps.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;
const runs = { numRuns: process.env['CI'] === undefined ? 6000 : 1000, ...(process.env['SEED'] ? {seed: Number(process.env['SEED'])}: {}) };

const faultArbitrary = fc.constantFrom<Fault>('newer-version', 'unknown-type', 'broken');
const faultsArbitrary = fc.array(fc.tuple(fc.nat(40), faultArbitrary), { minLength: 1, maxLength: 6 });

/** What differs between a read model and a clean rebuild of the same log up to where it is. */
const differences = async (source: ProjectedLog, live: string, clean: string): Promise<unknown[]> => {
  await project(source, clean);
  const left = openSqliteTableRows({ path: live });
  const right = openSqliteTableRows({ path: clean });
  try {
    const compared = await compareReadModels(left, right);
    return compared.flatMap(({ table, firstDifference }) => (firstDifference === null ? [] : [{ table, firstDifference }]));
  } finally {
    await left.close();
    await right.close();
  }
};

describe('parked events that are retried once their fault is gone', () => {
  it('leave the rows that a read model has which was made without the fault', async () => {
    await fc.assert(
      fc.asyncProperty(
        stepsArbitrary,
        faultsArbitrary,
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        fc.infiniteStream(fc.nat(100)),
        async (steps, chosen, sizes, mendedFirst, orders) => {
          using folder = temporaryFolder();
          const log = createRecordedLog();
          await record(log, steps);
          const { events } = await log.store.readAll({ after: 0, limit: 1000 });
          const faults = new Map(
            chosen.flatMap(([at, fault]): [string, Fault][] => {
              const event = events[at % Math.max(events.length, 1)];
              return event === undefined ? [] : [[event.id, fault]];
            }),
          );
          const source = faultyLog(log.store, faults);
          const path = folder.path('live.db');
          const writer = openSqliteReadModelWriter({ path, method });
          const projection = await createProjection({ source, writer, method });
          const retryAll = async (): Promise<void> => {
            const streams = await writer.parkedStreams();
            for (const stream of streams.sort(() => (orders.next().value ?? 0) - 50)) await projection.retry(stream);
          };
          for (let turn = 0; ; turn += 1) {
            // In the middle of the log some of the faults go.
            if (turn === mendedFirst) {
              for (const [id] of [...faults].slice(0, 2)) faults.delete(id);
              await retryAll();
            }
            const { more } = await projection.applyNext(sizes[turn % sizes.length] ?? 1);
            if (!more) break;
          }
          await retryAll();
          faults.clear();
          await retryAll();
          await writer.close();
          expect(await differences(log.store, path, folder.path('clean.db'))).toEqual([]);
        },
      ),
      runs,
    );
  }, 300_000);
});
