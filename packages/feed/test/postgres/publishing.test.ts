import { openPostgresFeedReader, openPostgresFeedStore } from '@stance/feed/postgres';
import type { NewFeedEntry, Publication } from '@stance/feed';
import { openConnections } from '@stance/postgres';
import { testPostgres } from '@stance/test-services';
import type { PostgresSchema } from '@stance/test-services';
import { describe, expect, it, onTestFinished } from 'vitest';

import { publishIn } from '../../src/postgres/publish.ts';

const postgres = await testPostgres();
const start = { position: 0, swept: false };

const detected = (changeId: string): NewFeedEntry => ({
  type: 'StanceChangeDetected',
  changeId,
  holder: 'ann',
  proposition: 'p1',
  method: { name: 'default', version: 1 },
  body: '{}',
  revision: 0,
  detectedAt: 100,
  previous: null,
  replacedBy: null,
});

const publication = (given: Partial<Publication>): Publication => ({
  generation: 'g1',
  after: start,
  cursor: { position: 10, swept: false },
  recordedAt: 100,
  entries: [],
  ...given,
});

const inSchema = (): PostgresSchema => {
  const made = postgres.schema();
  onTestFinished(() => made.drop());
  return made;
};

/** The same server, with the test's own name for its connections. */
const named = (name: string): string => `${postgres.url}?application_name=${name}`;

const hangUp = (query: PostgresSchema['query'], name: string) =>
  query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1', [name]);

describe.skipIf(postgres.missing !== null)(`positions of a feed in PostgreSQL${postgres.note}`, () => {
  it('become visible in order and without gaps, although several publish who should not', async () => {
    const { url, schema } = inSchema();
    await (await openPostgresFeedStore({ url, schema })).close();
    const connections = openConnections({ url, schema, name: 'test', most: 4, statementTimeout: 10_000 });
    onTestFinished(() => connections.close());
    const reader = await openPostgresFeedReader({ url, schema });
    const publishers = 4;
    const turns = 25;
    /** Each for a generation of its own, so that no cursor keeps them from it. */
    const publishInTurn = async (publisher: number): Promise<void> => {
      const generation = `g${String(publisher)}`;
      for (let turn = 0; turn < turns; turn += 1) {
        const entries = Array.from({ length: 1 + (turn % 3) }, (_, index) =>
          detected(`c-${generation}-${String(turn)}-${String(index)}`),
        );
        const next = publication({
          generation,
          after: { position: turn, swept: false },
          cursor: { position: turn + 1, swept: false },
          entries,
        });
        await connections.inTransaction('BEGIN', async (connection) => {
          await publishIn(connection, next);
          // Time for others to overtake, if they could.
          if (turn % 5 === 0) await connection.query('SELECT pg_sleep(0.005)');
        });
      }
    };
    let publishing = true;
    const seen: number[] = [];
    const follow = async (): Promise<void> => {
      for (;;) {
        const wasPublishing = publishing;
        const page = await reader.readFeed({ after: seen.at(-1) ?? 0, limit: 1000 });
        seen.push(...page.map(({ position }) => position));
        if (page.length === 0 && !wasPublishing) return;
      }
    };
    const following = follow();
    await Promise.all(Array.from({ length: publishers }, (_, publisher) => publishInTurn(publisher)));
    publishing = false;
    await following;
    const entries = publishers * (25 * 2 - 1);
    expect(seen).toEqual(Array.from({ length: entries }, (_, index) => index + 1));
    expect(await reader.head()).toBe(entries);
    await reader.close();
  });

  it('are not used up by a publication that fails', async () => {
    const { url, schema } = inSchema();
    const store = await openPostgresFeedStore({ url, schema });
    const elsewhere = publication({ after: { position: 5, swept: false }, entries: [detected('c-1')] });
    await expect(store.publish(elsewhere)).rejects.toMatchObject({ code: 'feed-conflict' });
    expect(await store.head()).toBe(0);
    expect(await store.publish(publication({ entries: [detected('c-2')] }))).toBe(1);
    await store.close();
  });
});

describe.skipIf(postgres.missing !== null)(`a feed in PostgreSQL${postgres.note}`, () => {
  it('is published to by one at a time, and read by others meanwhile', async () => {
    const { url, schema } = inSchema();
    await expect(openPostgresFeedReader({ url, schema })).rejects.toMatchObject({
      code: 'feed-missing',
      retryable: true,
    });
    const store = await openPostgresFeedStore({ url, schema });
    const inUse = { code: 'feed-in-use', retryable: false };
    await expect(openPostgresFeedStore({ url, schema })).rejects.toMatchObject(inUse);
    const other = inSchema();
    const another = await openPostgresFeedStore(other);
    const reader = await openPostgresFeedReader({ url, schema });
    expect(await reader.head()).toBe(0);
    expect(await reader.epoch()).toBe(await store.epoch());
    await Promise.all([reader.close(), another.close(), store.close()]);
    await (await openPostgresFeedStore({ url, schema })).close();
  });

  it('goes on with the next publisher when the connection of one is cut, who finds out when he comes back', async () => {
    const { url, schema, query } = inSchema();
    const first = await openPostgresFeedStore({ url: named(schema), schema });
    await first.publish(publication({ entries: [detected('c-1')] }));
    await hangUp(query, schema);
    const second = await openPostgresFeedStore({ url, schema });
    const at = { position: 10, swept: false };
    const next = publication({ after: at, cursor: { position: 20, swept: false }, entries: [detected('c-2')] });
    // The end of its connection may reach it before its next call, or with it.
    await expect
      .poll(() => first.publish(next).catch((error: unknown) => error))
      .toMatchObject({ code: 'feed-in-use', retryable: true });
    expect(await second.publish(next)).toBe(2);
    await second.close();
    await expect(first.publish(next)).rejects.toMatchObject({ code: 'feed-conflict' });
    expect(await first.cursor('g1')).toEqual({ position: 20, swept: false });
    await first.close();
  });

  it('is refused in a schema of something else, and by a wrong password', async () => {
    const { url, schema, query } = inSchema();
    await query(`CREATE SCHEMA ${schema}`);
    await query('CREATE TABLE other (a int)');
    await expect(openPostgresFeedStore({ url, schema })).rejects.toMatchObject({ code: 'feed-foreign-schema' });
    await expect(openPostgresFeedReader({ url, schema })).rejects.toMatchObject({ code: 'feed-foreign-schema' });
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(openPostgresFeedStore({ url: wrong.href, schema })).rejects.toMatchObject({
      code: 'feed-refused',
      retryable: false,
    });
  });
});
