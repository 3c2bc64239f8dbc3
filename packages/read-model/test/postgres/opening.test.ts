import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';

import { historyKey } from '@stance/read-model';
import { openPostgresReadModel, openPostgresReadModelWriter } from '@stance/read-model/postgres';
import { testPostgres } from '@stance/test-services';
import type { PostgresSchema } from '@stance/test-services';
import { describe, expect, it, onTestFinished } from 'vitest';

const postgres = await testPostgres();
const method = { name: 'default', version: 1 };

const inSchema = (): PostgresSchema => {
  const made = postgres.schema();
  onTestFinished(() => made.drop());
  return made;
};

/** The URL of the run's server, with something else about it. */
const urlWith = (change: (url: URL) => void): string => {
  const url = new URL(postgres.url);
  change(url);
  return url.href;
};

describe.skipIf(postgres.missing !== null)(`a PostgreSQL that will not do${postgres.note}`, () => {
  const refused = async (url: string, expected: object, schema = 'stance_refused'): Promise<void> => {
    await expect(openPostgresReadModelWriter({ url, schema, method })).rejects.toMatchObject(expected);
    await expect(openPostgresReadModel({ url, schema })).rejects.toMatchObject(expected);
  };

  it('because the password is wrong is refused, and the message does not tell it', async () => {
    const url = urlWith((one) => {
      one.password = 'not-the-password';
    });
    const expected = { code: 'read-model-refused', retryable: false };
    await refused(url, { ...expected, message: expect.stringMatching(/check name, password/) });
    await refused(url, { ...expected, message: expect.not.stringContaining('not-the-password') });
  });

  it('because its URL is none is refused, and the message does not tell the password', async () => {
    const url = 'postgres://stance:secret@host:port/stance';
    await refused(url, { code: 'read-model-refused', message: expect.stringContaining('postgres://user:password@') });
    const error: unknown = await openPostgresReadModel({ url }).catch((reason: unknown) => reason);
    expect(inspect(error, { depth: 10 })).not.toContain('secret');
  });

  it('because nobody answers at its host is unavailable, which may be over later', async () => {
    const expected = { code: 'read-model-unavailable', retryable: true };
    await refused(
      urlWith((one) => {
        one.port = '1';
      }),
      { ...expected, message: expect.stringContaining('host and port') },
    );
    await refused(
      urlWith((one) => {
        one.hostname = 'no-such-host.invalid';
      }),
      expected,
    );
  });

  it('because it has no such database says so', async () => {
    await refused(
      urlWith((one) => {
        one.pathname = '/no_such_database';
      }),
      { code: 'read-model-missing', retryable: false, message: expect.stringContaining('create it') },
    );
  });

  it('because its user lacks a right says so, and an empty schema that he may use will do', async () => {
    const { schema, query } = inSchema();
    const user = schema.replace('test_', 'user_');
    await query(`CREATE USER ${user} PASSWORD 'secret'`);
    onTestFinished(async () => {
      await query(`DROP OWNED BY ${user}`);
      await query(`DROP USER ${user}`);
    });
    const url = urlWith((one) => {
      one.username = user;
      one.password = 'secret';
    });
    const opening = openPostgresReadModelWriter({ url, schema, method });
    await expect(opening).rejects.toMatchObject({ code: 'read-model-no-rights', retryable: false });
    await query(`CREATE SCHEMA ${schema}`);
    await query(`GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${user}`);
    const writer = await openPostgresReadModelWriter({ url, schema, method });
    expect(await writer.checkpoint()).toMatchObject({ position: 0 });
    await writer.close();
  });

  it('because its database keeps text in another encoding says so', async () => {
    const { schema, query } = inSchema();
    const database = schema.replace('test_', 'latin_');
    await query(`CREATE DATABASE ${database} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    onTestFinished(async () => {
      await query(`DROP DATABASE ${database} (FORCE)`);
    });
    const url = urlWith((one) => {
      one.pathname = `/${database}`;
    });
    await expect(openPostgresReadModelWriter({ url, schema, method })).rejects.toMatchObject({
      code: 'read-model-unsupported-server',
      message: expect.stringContaining('UTF8'),
    });
  });
});

describe.skipIf(postgres.missing !== null)(`a schema of PostgreSQL${postgres.note}`, () => {
  it('without a read model is missing for readers, which may be over later', async () => {
    const { url, schema } = inSchema();
    await expect(openPostgresReadModel({ url, schema })).rejects.toMatchObject({
      code: 'read-model-missing',
      retryable: true,
    });
  });

  it('with tables of something else is foreign', async () => {
    const { url, schema, query } = inSchema();
    await query(`CREATE SCHEMA ${schema}`);
    await query('CREATE TABLE other (a int)');
    const expected = { code: 'read-model-foreign-schema', retryable: false };
    await expect(openPostgresReadModelWriter({ url, schema, method })).rejects.toMatchObject(expected);
    await expect(openPostgresReadModel({ url, schema })).rejects.toMatchObject(expected);
  });

  it('with tables of another version, or of another method, says that it must be rebuilt', async () => {
    const { url, schema, query } = inSchema();
    await (await openPostgresReadModelWriter({ url, schema, method })).close();
    const expected = { code: 'read-model-outdated', message: expect.stringContaining('rebuild') };
    const other = { ...method, version: 2 };
    await expect(openPostgresReadModelWriter({ url, schema, method: other })).rejects.toMatchObject(expected);
    await query('UPDATE layout SET version = 99');
    await expect(openPostgresReadModelWriter({ url, schema, method })).rejects.toMatchObject(expected);
    await expect(openPostgresReadModel({ url, schema })).rejects.toMatchObject(expected);
  });

  it('is made once, however many open it at the same time', async () => {
    const { url, schema } = inSchema();
    const open = () => openPostgresReadModelWriter({ url, schema, method, connections: 1 });
    const writers = await Promise.all(Array.from({ length: 8 }, open));
    const checkpoints = await Promise.all(writers.map((writer) => writer.checkpoint()));
    expect(new Set(checkpoints.map(({ generation }) => generation)).size).toBe(1);
    await Promise.all(writers.map((writer) => writer.close()));
  });
});

describe.skipIf(postgres.missing !== null)(`an open read model in PostgreSQL${postgres.note}`, () => {
  const nothing = { remove: {}, update: [], insert: {}, add: {}, put: {} };

  it('compares and sorts text by its bytes, and keeps numbers as large as they get', async () => {
    const { url, schema } = inSchema();
    const writer = await openPostgresReadModelWriter({ url, schema, method });
    const streams = ['b', 'a"\\', 'é', 'Z', '😀', '', ' '];
    const parked = streams.map((stream, index) => {
      const place = [Number.MAX_SAFE_INTEGER - index, stream, 0, 'T', historyKey(2 ** 26 - 1, 1)] as const;
      return [...place, 'c', 'a\0b', 1, null, null, 'e', 1, '{}', null] as const;
    });
    await writer.commit({ ...nothing, after: 0, position: Number.MAX_SAFE_INTEGER, recordedAt: 1, insert: { parked } });
    const byBytes = streams.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await writer.parkedStreams()).toEqual(byBytes);
    expect(await writer.checkpoint()).toMatchObject({ position: Number.MAX_SAFE_INTEGER });
    await writer.close();
  });

  it('is read side by side: no read waits for another one to end', async () => {
    const { url, schema } = inSchema();
    const writer = await openPostgresReadModelWriter({ url, schema, method });
    const model = await openPostgresReadModel({ url, schema });
    const second = Promise.withResolvers<number>();
    const first = model.read(async (snapshot) => (await snapshot.positionAt(1)) + (await second.promise));
    second.resolve(await model.read((snapshot) => snapshot.positionAt(1)));
    expect(await first).toBe(0);
    await model.close();
    await writer.close();
  });

  it('that another one takes the place of is read from the next read on, and one of another version is refused', async () => {
    const { url, schema, query } = inSchema();
    const other = inSchema();
    const generations: string[] = [];
    for (const each of [schema, other.schema]) {
      const writer = await openPostgresReadModelWriter({ url, schema: each, method });
      generations.push((await writer.checkpoint()).generation);
      await writer.close();
    }
    const model = await openPostgresReadModel({ url, schema });
    const read = () => model.read((snapshot) => Promise.resolve(snapshot.checkpoint.generation));
    expect(await read()).toBe(generations[0]);
    await query(`ALTER SCHEMA ${schema} RENAME TO ${schema}_old; ALTER SCHEMA ${other.schema} RENAME TO ${schema}`);
    expect(await read()).toBe(generations[1]);
    await query(`DROP SCHEMA ${schema} CASCADE; ALTER SCHEMA ${schema}_old RENAME TO ${schema}`);
    await query('UPDATE layout SET version = 99');
    await expect(read()).rejects.toMatchObject({ code: 'read-model-outdated' });
    await query(`DROP SCHEMA ${schema} CASCADE`);
    await expect(read()).rejects.toMatchObject({ code: 'read-model-missing', retryable: true });
    await model.close();
  });

  it('has no connection left once it is closed, and is closed only after the reads under way', async () => {
    const { schema, query } = inSchema();
    const url = urlWith((one) => {
      one.searchParams.set('application_name', schema);
    });
    const writer = await openPostgresReadModelWriter({ url: postgres.url, schema, method });
    const model = await openPostgresReadModel({ url, schema });
    const done = Promise.withResolvers<void>();
    const reading = model.read(() => done.promise);
    const closing = model.close();
    await expect(model.read(() => Promise.resolve())).rejects.toMatchObject({ code: 'read-model-closed' });
    const connected = () => query('SELECT pid FROM pg_stat_activity WHERE application_name = $1', [schema]);
    expect(await connected()).toHaveLength(1);
    done.resolve();
    await reading;
    await closing;
    await expect.poll(connected).toEqual([]);
    await writer.close();
  });

  it('takes no more connections than it may, however many read at once', async () => {
    const { schema, query } = inSchema();
    const url = urlWith((one) => {
      one.searchParams.set('application_name', schema);
    });
    const writer = await openPostgresReadModelWriter({ url: postgres.url, schema, method });
    const model = await openPostgresReadModel({ url, schema, connections: 3 });
    const connected = () => query('SELECT pid FROM pg_stat_activity WHERE application_name = $1', [schema]);
    const counts = await Promise.all(
      Array.from({ length: 20 }, () => model.read(async (snapshot) => (await snapshot.positionAt(1), connected()))),
    );
    expect(Math.max(...counts.map(({ length }) => length))).toBe(3);
    await model.close();
    await writer.close();
  });

  it('tells a value longer than the server can index as that, and not as something that may pass', async () => {
    const { url, schema } = inSchema();
    const writer = await openPostgresReadModelWriter({ url, schema, method });
    // Nothing that the server could compress.
    const long = Array.from({ length: 300 }, () => randomUUID()).join('');
    await expect(
      writer.commit({ ...nothing, after: 0, position: 1, recordedAt: 1, insert: { actors: [[1, long]] } }),
    ).rejects.toMatchObject({ code: 'read-model-too-large', retryable: false });
    expect(await writer.checkpoint()).toMatchObject({ position: 0 });
    await writer.close();
  });

  it('is unavailable when the server hangs up, and goes on by itself', async () => {
    const { schema, query } = inSchema();
    const url = urlWith((one) => {
      one.searchParams.set('application_name', schema);
    });
    const writer = await openPostgresReadModelWriter({ url, schema, method });
    const model = await openPostgresReadModel({ url, schema });
    const hangUp = () =>
      query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [schema]);
    const cut = model.read(async (snapshot) => {
      await hangUp();
      return snapshot.positionAt(1);
    });
    await expect(cut).rejects.toMatchObject({ code: 'read-model-unavailable', retryable: true });
    expect(await model.read((snapshot) => snapshot.positionAt(1))).toBe(0);
    expect(await writer.checkpoint()).toMatchObject({ position: 0 });
    await model.close();
    await writer.close();
  });

  it(
    'gives up a statement that takes too long, and a read that no connection becomes free for',
    { timeout: 60_000 },
    async () => {
      const { url, schema, query } = inSchema();
      const writer = await openPostgresReadModelWriter({ url, schema, method, statementTimeout: 300 });
      const model = await openPostgresReadModel({ url, schema, connections: 1 });
      const busy = { code: 'read-model-busy', retryable: true };
      const holding = query('BEGIN; LOCK TABLE checkpoint; SELECT pg_sleep(1.5); COMMIT');
      await expect
        .poll(async () => (await query(`SELECT 1 FROM pg_locks WHERE relation = 'checkpoint'::regclass`)).length)
        .toBeGreaterThan(0);
      await expect(writer.checkpoint()).rejects.toMatchObject(busy);
      await holding;
      const done = Promise.withResolvers<void>();
      const first = model.read(async () => done.promise);
      await expect(model.read((snapshot) => snapshot.positionAt(1))).rejects.toMatchObject(busy);
      done.resolve();
      await first;
      await model.close();
      await writer.close();
    },
  );
});
