import type { StoredEvent } from '@stance/event-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { naturalState } from './support/natural-state.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { logOf } from './support/redelivered-log.ts';
import { record, stepsWithoutPoison } from './support/steps.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** An order of arrival that keeps each stream in order: which stream's turn it is, one event after the other. */
const shuffled = (events: readonly StoredEvent[], turns: readonly number[]): StoredEvent[] => {
  const streams = [...Map.groupBy(events, ({ stream }) => stream).values()];
  const arrived: StoredEvent[] = [];
  for (let turn = 0; streams.length > 0; turn += 1) {
    const index = (turns[turn % turns.length] ?? 0) % streams.length;
    const next = streams[index]?.shift();
    if (next !== undefined) arrived.push(next);
    if (streams[index]?.length === 0) streams.splice(index, 1);
  }
  return arrived;
};

describe('the order of arrival', () => {
  it(
    'does not matter: any order of the streams, with any duplicates, gives the same histories and changes',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          stepsWithoutPoison,
          fc.array(fc.nat(50), { minLength: 1, maxLength: 40 }),
          fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { maxLength: 8 }),
          fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
          async (recorded, turns, duplicates, sizes) => {
            using folder = temporaryFolder();
            const log = createRecordedLog();
            await record(log, recorded);
            const { events } = await log.store.readAll({ after: 0, limit: 1000 });
            const arrived = shuffled(events, turns);
            for (const [which, later] of duplicates) {
              const at = which % Math.max(arrived.length, 1);
              const again = arrived[at];
              if (again !== undefined) arrived.splice(Math.min(at + 1 + later, arrived.length), 0, again);
            }
            await project(log.store, folder.path('in-order.db'));
            await project(logOf(arrived), folder.path('shuffled.db'), sizes);
            expect(naturalState(folder.path('shuffled.db'))).toEqual(naturalState(folder.path('in-order.db')));
          },
        ),
      );
    },
  );
});
