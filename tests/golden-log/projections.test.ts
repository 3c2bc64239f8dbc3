import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultMethod } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import type { FeedStore } from '@stance/feed';
import { openPostgresFeedStore } from '@stance/feed/postgres';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { compareReadModels, createProjection, verify } from '@stance/projection';
import type { ChangeSetReader, ReadModelWriter } from '@stance/read-model';
import {
  openPostgresChangeSetReader,
  openPostgresReadModel,
  openPostgresReadModelWriter,
  openPostgresTableRows,
} from '@stance/read-model/postgres';
import { openSqliteChangeSetReader, openSqliteReadModelWriter, openSqliteTableRows } from '@stance/read-model/sqlite';
import { openSqliteReadModel } from '@stance/read-model/sqlite/reader';
import { testPostgres } from '@stance/test-services';
import { describe, expect, it, onTestFinished } from 'vitest';

import { answersOf } from './asked.ts';
import { goldenLog, storeOf } from './golden-log.ts';

const postgres = await testPostgres();
const method = defaultMethod;
const now = (): number => goldenLog.at(-1)?.recordedAt ?? 0;

const kept = (file: string): string => join(import.meta.dirname, 'answers', file);
const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stance-golden-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

interface Parts {
  readonly writer: ReadModelWriter;
  readonly changes: ChangeSetReader;
  readonly feed: FeedStore;
}

/** Projects the golden log in batches of one size, and publishes after each. */
const follow = async ({ writer, changes, feed }: Parts, batch: number): Promise<void> => {
  const source = await storeOf();
  const projection = await createProjection({ source, writer, method });
  const publisher = createPublisher({ changes, feed, now });
  while (projection.position() < goldenLog.length) {
    await projection.applyNext(batch);
    while ((await publisher.publishNext(batch)).more);
  }
  expect(projection.parkedStreams()).toBe(0);
};

const entriesOf = async (feed: FeedStore) =>
  (await feed.readFeed({ after: 0, limit: 1000 })).map(({ body, previousBody, ...entry }) => ({
    ...entry,
    body: JSON.parse(body) as unknown,
    previousBody: previousBody === null ? null : (JSON.parse(previousBody) as unknown),
  }));

const inSqlite = async (batch: number) => {
  const folder = temporaryFolder();
  const path = join(folder, 'read-model.db');
  const writer = openSqliteReadModelWriter({ path, method });
  const changes = openSqliteChangeSetReader({ path });
  const feed = openSqliteFeedStore({ path: join(folder, 'feed.db') });
  const readModel = openSqliteReadModel({ path });
  onTestFinished(async () => {
    await Promise.all([writer.close(), changes.close(), feed.close(), readModel.close()]);
  });
  await follow({ writer, changes, feed }, batch);
  return { path, feed, readModel };
};

describe('the golden log, replayed into SQLite', () => {
  it('gives the answers that are kept beside it', async () => {
    const { readModel, feed } = await inSqlite(1);
    await expect(text(await answersOf(readModel, feed))).toMatchFileSnapshot(kept('query.json'));
  });

  it('gives the feed that is kept beside it', async () => {
    const { feed } = await inSqlite(1);
    await expect(text(await entriesOf(feed))).toMatchFileSnapshot(kept('feed.json'));
  });

  it.each([1, 7, goldenLog.length])('is what a rebuild makes of it, row for row, in batches of %i', async (batch) => {
    const { path } = await inSqlite(batch);
    const verified = await verify({ source: await storeOf(), readModelPath: path, method });
    expect(verified).toMatchObject({ equal: true, position: goldenLog.length });
  });
});

describe.skipIf(postgres.missing !== null)(`the golden log, replayed into PostgreSQL${postgres.note}`, () => {
  it('gives the same rows, answers and feed as in SQLite', { timeout: 600_000 }, async () => {
    const rows = postgres.schema();
    const published = postgres.schema();
    const writer = await openPostgresReadModelWriter({ ...rows, method });
    const changes = await openPostgresChangeSetReader(rows);
    const feed = await openPostgresFeedStore(published);
    const readModel = await openPostgresReadModel(rows);
    await follow({ writer, changes, feed }, 1);

    const sqlite = await inSqlite(1);
    const live = await openPostgresTableRows(rows);
    const embedded = openSqliteTableRows({ path: sqlite.path });
    const compared = await compareReadModels(live, embedded);
    expect(compared.filter(({ firstDifference }) => firstDifference !== null)).toEqual([]);
    await expect(text(await answersOf(readModel, feed))).toMatchFileSnapshot(kept('query.json'));
    await expect(text(await entriesOf(feed))).toMatchFileSnapshot(kept('feed.json'));

    await Promise.all([live, embedded, readModel, writer, changes, feed].map((each) => each.close()));
    await Promise.all([rows.drop(), published.drop()]);
  });
});
