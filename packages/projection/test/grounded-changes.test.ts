import { compareChanges, defaultMethod, historyId } from '@stance/domain';
import type { StanceChange } from '@stance/domain';
import { createProjection } from '@stance/projection';
import { historyKey } from '@stance/read-model';
import type { ReadModelWriter } from '@stance/read-model';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { changesBy } from './support/known-world.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { stepsWithoutPoison, record } from './support/steps.ts';

const method = defaultMethod;
const holders = ['ann', 'bob', 'cem', 'dee'];
const propositions = ['p1', 'p2', 'p3'];

/** The changes that a read model holds of every history, those without any included. */
const storedChanges = async (writer: ReadModelWriter): Promise<Map<string, readonly StanceChange[]>> => {
  const holderNos = await writer.actors(holders);
  const propositionNos = await writer.propositions(propositions);
  const stored = new Map<string, readonly StanceChange[]>();
  for (const [holder, { no }] of holderNos) {
    for (const [proposition, { no: propositionNo }] of propositionNos) {
      const rows = await writer.changes(historyKey(no, propositionNo));
      const changes = rows.map(({ body }) => JSON.parse(body) as StanceChange);
      if (changes.length > 0) stored.set(historyId({ holder, proposition }), changes.sort(compareChanges));
    }
  }
  return stored;
};

describe('the changes of a read model', () => {
  it(
    'are what one fold of all that is known gives, merges, endorsements and disownings included, after every batch',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          stepsWithoutPoison,
          fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
          async (steps, sizes) => {
            const log = createRecordedLog();
            await record(log, steps);
            const { events } = await log.store.readAll({ after: 0, limit: 1000 });
            const writer = openSqliteReadModelWriter({ path: ':memory:', method });
            const projection = await createProjection({ source: log.store, writer, method });
            for (let turn = 0; projection.position() < events.length; turn += 1) {
              await projection.applyNext(sizes[turn % sizes.length] ?? 1);
              const expected = changesBy(events.slice(0, projection.position()), method);
              for (const [id, changes] of expected) if (changes.length === 0) expected.delete(id);
              expect(await storedChanges(writer)).toEqual(expected);
            }
            await writer.close();
          },
        ),
      );
    },
  );
});
