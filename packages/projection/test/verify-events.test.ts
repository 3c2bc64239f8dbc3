import { defaultMethod } from '@stance/domain';
import { verify, verifyEvents } from '@stance/projection';
import { openSqliteTableRows } from '@stance/read-model/sqlite';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import type { RecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';
import { record, stepsArbitrary } from './support/steps.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;
const sample = { histories: 10, seed: 7 };

/** A log with an event of each kind that leaves a row. */
const someLog = async (): Promise<RecordedLog> => {
  const log = createRecordedLog();
  await log.append('actor-ann', 'ActorRegistered', {
    actorId: 'ann',
    name: 'Ann',
    kind: 'person',
    inPassing: false,
  } as never);
  await log.made('a', statement({ holder: 'ann' }));
  await log.corrected('a', statement({ holder: 'ann', direction: 'oppose' }));
  await log.made('b', statement({ holder: 'bob' }));
  await log.retracted('b', statement({ holder: 'bob' }));
  await log.made('c', statement({ holder: 'cid' }));
  await log.registry('TopicDefined', { topicId: 'war', name: 'War', aliases: [] });
  await log.appendRaw('statement-poison', { type: 'StatementMade', schemaVersion: 99, data: '{}' });
  return log;
};

const spoiled = async (sql: string) => {
  using folder = temporaryFolder();
  const path = folder.path('read-model.db');
  const { store } = await someLog();
  await project(store, path, [3]);
  const db = new Sqlite(path);
  db.exec(sql);
  db.close();
  const rows = openSqliteTableRows({ path });
  try {
    return await verifyEvents({ source: store, rows });
  } finally {
    await rows.close();
  }
};

describe('the events of a log and the rows that were made of them', () => {
  it('are the same, by number and by what they say, of each type', async () => {
    const { types, ...rest } = await spoiled('SELECT 1');
    expect(rest).toEqual({ equal: true, parked: 1, skipped: 0, firstDifference: null });
    expect(types.map(({ type, log }) => [type, log.rows])).toEqual([
      ['ActorRegistered', 1],
      ['StatementCorrected', 1],
      ['StatementMade', 3],
      ['StatementRetracted', 1],
      ['TopicDefined', 1],
    ]);
    for (const { log, rows } of types) expect(rows).toEqual(log);
  });

  it.each([
    [
      'a stance that was altered',
      `UPDATE statements SET body = replace(body, '"support"', '"oppose"') WHERE position = 4`,
      4,
    ],
    ['a statement that is missing', 'DELETE FROM statements WHERE position = 3', 3],
    [
      'a statement of another holder',
      'UPDATE statements SET history = (SELECT history FROM statements WHERE position = 6) WHERE position = 4',
      4,
    ],
    [
      'a statement without an event',
      `INSERT INTO statements SELECT 5, 'x', 0, history, recorded_at, NULL, NULL, said_from, said_to, NULL, body FROM statements WHERE position = 4`,
      5,
    ],
    [
      'one after the last event',
      `INSERT INTO statements SELECT 99, 'x', 0, history, recorded_at, NULL, NULL, said_from, said_to, NULL, body FROM statements WHERE position = 4`,
      99,
    ],
    ['a retraction with another reason', `UPDATE retractions SET reason = 'another'`, 5],
    ['a retraction that is missing', 'DELETE FROM retractions', 5],
    ['an actor that is missing', 'DELETE FROM actor_versions', 1],
    ['a topic with another name', `UPDATE topics SET name = 'Peace'`, 7],
    ['a topic without an event', `INSERT INTO topics SELECT 77, 'x', 'X', NULL, NULL, body FROM topics`, 77],
    ['a parked event that nobody knows of', 'DELETE FROM parked', 8],
    ['an event that is said to be parked and is not', `UPDATE parked SET position = 6`, 6],
  ])('differ where there is %s', async (_, sql, position) => {
    const found = await spoiled(sql);
    expect(found.equal).toBe(false);
    expect(found.firstDifference).toMatchObject({ position });
  });

  it(
    'are the same whatever was recorded, and so are histories that are folded anew',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(stepsArbitrary, async (steps) => {
          using folder = temporaryFolder();
          const log = createRecordedLog();
          await record(log, steps);
          const readModelPath = folder.path('read-model.db');
          await project(log.store, readModelPath, [5]);
          const found = await verify({ source: log.store, readModelPath, method, sample });
          expect(found.events.firstDifference).toBeNull();
          expect(found).toMatchObject({ equal: true, tables: [], sample: { equal: true, firstDifference: null } });
        }),
      );
    },
  );
});

describe('a sample of histories', () => {
  it('is chosen by its seed, and names the first one that comes to something else', async () => {
    using folder = temporaryFolder();
    const readModelPath = folder.path('read-model.db');
    const log = createRecordedLog();
    for (let no = 0; no < 30; no += 1) await log.made(`s${String(no)}`, statement({ holder: `h${String(no)}` }));
    await project(log.store, readModelPath, [30]);
    const given = { source: log.store, readModelPath, method };
    expect((await verify({ ...given, sample: { histories: 5, seed: 1 } })).sample).toMatchObject({
      equal: true,
      histories: 5,
      of: 30,
    });
    const db = new Sqlite(readModelPath);
    db.exec(`DELETE FROM changes WHERE opened = 12`);
    db.close();
    const all = await verify({ ...given, sample: { histories: 100, seed: 1 } });
    expect(all).toMatchObject({
      equal: false,
      events: { equal: true },
      sample: { histories: 30, firstDifference: { holder: 'h11', before: [] } },
    });
    const some = [1, 2, 3, 4].map((seed) => verify({ ...given, sample: { histories: 5, seed } }));
    const again = [1, 2, 3, 4].map((seed) => verify({ ...given, sample: { histories: 5, seed } }));
    expect(await Promise.all(again)).toEqual(await Promise.all(some));
  });
});
