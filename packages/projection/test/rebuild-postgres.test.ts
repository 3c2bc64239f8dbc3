import { defaultMethod } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import { openPostgresFeedStore } from '@stance/feed/postgres';
import { createProjection } from '@stance/projection';
import { rebuildPostgres, verifyPostgres } from '@stance/projection/postgres';
import {
  openPostgresChangeSetReader,
  openPostgresReadModel,
  openPostgresReadModelWriter,
} from '@stance/read-model/postgres';
import { testPostgres } from '@stance/test-services';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createRecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';

const postgres = await testPostgres();
const method = defaultMethod;

const inSchema = () => {
  const made = postgres.schema();
  onTestFinished(() => made.drop());
  return made;
};

/** A log, and a read model of it in a schema that goes on being projected into. */
const projected = async () => {
  const log = createRecordedLog();
  for (const id of ['a', 'b', 'c']) await log.made(id, statement({ holder: `holder-${id}` }));
  const readModel = inSchema();
  const writer = await openPostgresReadModelWriter({ ...readModel, method });
  onTestFinished(() => writer.close());
  const projection = await createProjection({ source: log.store, writer, method });
  const catchUp = async () => {
    while ((await projection.applyNext(2)).more);
  };
  await catchUp();
  return { log, readModel, writer, projection, catchUp };
};

describe.skipIf(postgres.missing !== null)(`a rebuild in PostgreSQL${postgres.note}`, () => {
  it('takes the place of the old read model at once, under those who read, and leaves nothing else', async () => {
    const { log, readModel } = await projected();
    await readModel.query("UPDATE statements SET body = '{}'");
    const model = await openPostgresReadModel(readModel);
    const generation = () => model.read((snapshot) => Promise.resolve(snapshot.checkpoint.generation));
    const before = await generation();
    expect(await rebuildPostgres({ source: log.store, readModel, method })).toEqual({
      position: 3,
      events: 3,
      parked: 0,
    });
    expect(await generation()).not.toBe(before);
    expect(await readModel.query("SELECT count(*)::int AS lost FROM statements WHERE body = '{}'")).toEqual([
      { lost: 0 },
    ]);
    expect(
      await readModel.query('SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE $1', [`${readModel.schema}%`]),
    ).toEqual([{ name: readModel.schema }]);
    await model.close();
  });

  it('waits for reads under way, which end on the old one, and those that come meanwhile see the new one', async () => {
    const { log, readModel } = await projected();
    const model = await openPostgresReadModel(readModel);
    const going = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<string>();
    const first = model.read(async (snapshot) => {
      begun.resolve(snapshot.checkpoint.generation);
      await going.promise;
      return (await snapshot.knownStatements(['a', 'b', 'c'], 3)).length;
    });
    const before = await begun.promise;
    const rebuilding = rebuildPostgres({ source: log.store, readModel, method });
    const waiting = () => readModel.query("SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'");
    await expect.poll(async () => (await waiting()).length, { interval: 5 }).toBe(1);
    const second = model.read((snapshot) => Promise.resolve(snapshot.checkpoint.generation));
    going.resolve();
    expect(await first).toBe(3);
    await rebuilding;
    expect(await second).not.toBe(before);
    await model.close();
  });

  it('waits for a read that takes long, and lets others read meanwhile', { timeout: 30_000 }, async () => {
    const { log, readModel } = await projected();
    const model = await openPostgresReadModel(readModel);
    const generation = () => model.read((snapshot) => Promise.resolve(snapshot.checkpoint.generation));
    const before = await generation();
    const going = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const long = model.read(async (snapshot) => {
      begun.resolve();
      await going.promise;
      return snapshot.checkpoint.generation;
    });
    await begun.promise;
    const rebuilding = rebuildPostgres({ source: log.store, readModel, method });
    const waiting = () => readModel.query("SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'");
    await expect.poll(async () => (await waiting()).length, { interval: 5 }).toBe(1);
    await expect.poll(async () => (await waiting()).length, { interval: 5, timeout: 10_000 }).toBe(0);
    expect(await generation()).toBe(before);
    going.resolve();
    expect(await long).toBe(before);
    await rebuilding;
    expect(await generation()).not.toBe(before);
    await model.close();
  });

  it('is found out by who projects into the old one, who goes on in the new one, and nothing counts twice', async () => {
    const { log, readModel, projection, catchUp } = await projected();
    await rebuildPostgres({ source: log.store, readModel, method });
    await log.made('d', statement({ holder: 'holder-d' }));
    await expect(projection.applyNext(2)).rejects.toMatchObject({ code: 'checkpoint-conflict' });
    await catchUp();
    expect(await verifyPostgres({ source: log.store, readModel, method })).toMatchObject({ equal: true, position: 4 });
  });

  it('brings in what was projected while it was made, before it takes the place', async () => {
    const { log, readModel, catchUp } = await projected();
    let recorded = false;
    const rebuilt = await rebuildPostgres({
      readModel,
      method,
      source: {
        readStream: (...call) => log.store.readStream(...call),
        readAll: async (options) => {
          const page = await log.store.readAll(options);
          if (page.position === options.after && !recorded) {
            recorded = true;
            await log.made('d', statement({ holder: 'holder-d' }));
            await catchUp();
          }
          return page;
        },
      },
    });
    expect(rebuilt).toMatchObject({ position: 4, events: 4 });
    expect(await verifyPostgres({ source: log.store, readModel, method })).toMatchObject({ equal: true, position: 4 });
  });

  it('that fails leaves the old one as it was, and does not replace what belongs to something else', async () => {
    const { log, readModel } = await projected();
    const failing = () => Promise.reject(new Error('the log is away'));
    const source = { readAll: failing, readStream: failing };
    await expect(rebuildPostgres({ source, readModel, method })).rejects.toThrow('the log is away');
    expect(await verifyPostgres({ source: log.store, readModel, method })).toMatchObject({ equal: true, position: 3 });
    const other = inSchema();
    await other.query(`CREATE SCHEMA ${other.schema}`);
    await other.query('CREATE TABLE other (a int)');
    await expect(rebuildPostgres({ source: log.store, readModel: other, method })).rejects.toMatchObject({
      code: 'read-model-foreign-schema',
    });
  });
});

describe.skipIf(postgres.missing !== null)(`a verification in PostgreSQL${postgres.note}`, () => {
  it('finds a row that is not as a clean rebuild has it, and a feed that lacks a change', async () => {
    const { log, readModel } = await projected();
    const feed = inSchema();
    const store = await openPostgresFeedStore(feed);
    const changes = await openPostgresChangeSetReader(readModel);
    while ((await createPublisher({ changes, feed: store }).publishNext(10)).more);
    const verified = () => verifyPostgres({ source: log.store, readModel, feed, method });
    expect(await verified()).toMatchObject({ equal: true, feed: { equal: true } });
    await readModel.query("UPDATE statements SET body = '{}' WHERE id = 'b'");
    const { equal, tables } = await verified();
    expect(equal).toBe(false);
    expect(tables.filter(({ firstDifference }) => firstDifference !== null).map(({ table }) => table)).toEqual([
      'statements',
    ]);
    await changes.close();
    await store.close();
  });
});
