import { copyFile, rm } from 'node:fs/promises';

import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { verify } from '@stance/projection';
import { expect, test, vi } from 'vitest';

import { readFeed } from './support/feed.ts';
import { newFiles, startService } from './support/service.ts';
import type { Files, Service } from './support/service.ts';

interface Changes {
  readonly items: readonly { readonly id: string; readonly revision: number | null }[];
}

/** Lets some say one thing in one year and another in the next, so that every one of them changes. */
const record = async (service: Service, year: number): Promise<number> => {
  let position = 0;
  for (const holder of ['ann', 'bob', 'cem']) {
    const { body } = await service.post<{ position: number }>('/v1/statements?createMissing=true', {
      holder,
      proposition: 'tax',
      direction: year % 2 === 0 ? 'support' : 'oppose',
      saidAt: `${year}-05-01`,
      quote: { exact: `So it is in ${year}.`, directness: 'direct' },
    });
    ({ position } = body);
  }
  return position;
};

const remove = async (path: string): Promise<void> => {
  for (const suffix of ['', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true });
};

const replace = async (path: string, copy: string): Promise<void> => {
  await remove(path);
  await copyFile(copy, path);
};

/** The changes as they are answered, once all of them are published. */
const publishedChanges = (service: Service, position: number): Promise<Changes['items']> =>
  vi.waitFor(
    async () => {
      const { items } = await service.ask<Changes>(`/v1/changes?limit=1000&minPosition=${position}`);
      expect(items.filter(({ revision }) => revision === null)).toEqual([]);
      return items;
    },
    { timeout: 20_000, interval: 50 },
  );

/** A service that has recorded two years, and the same files as they were after the first. */
const withOlderCopies = async (): Promise<{ files: Files; older: Files; position: number }> => {
  const files = await newFiles();
  const older = { events: `${files.events}.old`, readModel: `${files.readModel}.old`, feed: `${files.feed}.old` };
  const first = await startService(files);
  await publishedChanges(first, await record(first, 2020));
  await first.stop();
  for (const file of ['events', 'readModel', 'feed'] as const) await copyFile(files[file], older[file]);
  const second = await startService(files);
  const position = await record(second, 2021);
  expect(await publishedChanges(second, position)).toHaveLength(6);
  await second.stop();
  return { files, older, position };
};

const expectVerified = async ({ events, readModel, feed }: Files): Promise<void> => {
  const source = await openSqliteEventLogReader({ path: events });
  try {
    const verification = await verify({ source, readModelPath: readModel, feedPath: feed, method: defaultMethod });
    expect(verification).toMatchObject({ equal: true });
  } finally {
    await source.close();
  }
};

test('a read model that was taken away is made anew, and nothing is published twice', async () => {
  const { files, position } = await withOlderCopies();
  const before = await readFeed(files.feed);
  await remove(files.readModel);
  const service = await startService(files);
  expect(await publishedChanges(service, position)).toHaveLength(6);
  await expectVerified(files);
  expect(await readFeed(files.feed)).toEqual(before);
});

test('a read model put back to an older copy catches up, and nothing is published twice', async () => {
  const { files, older, position } = await withOlderCopies();
  const before = await readFeed(files.feed);
  await replace(files.readModel, older.readModel);
  const service = await startService(files);
  expect(await publishedChanges(service, position)).toHaveLength(6);
  await expectVerified(files);
  expect(await readFeed(files.feed)).toEqual(before);
});

test('a feed that was taken away begins anew, under another epoch, with the whole set', async () => {
  const { files, position } = await withOlderCopies();
  const before = await readFeed(files.feed);
  await remove(files.feed);
  const service = await startService(files);
  expect(await publishedChanges(service, position)).toHaveLength(6);
  await expectVerified(files);
  const after = await readFeed(files.feed);
  expect(after.epoch).not.toBe(before.epoch);
  expect(after.entries.map(({ type }) => type)).toEqual(Array.from({ length: 6 }, () => 'StanceChangeDetected'));
});

test('a feed put back to an older copy publishes what it lacks', async () => {
  const { files, older, position } = await withOlderCopies();
  await replace(files.feed, older.feed);
  const service = await startService(files);
  expect(await publishedChanges(service, position)).toHaveLength(6);
  await expectVerified(files);
});

test('an event store put back to an older copy is refused beside a read model that is ahead of it', async () => {
  const { files, older } = await withOlderCopies();
  await replace(files.events, older.events);
  await expect(startService(files)).rejects.toMatchObject({
    code: 'read-model-of-another-log',
    message: expect.stringMatching(/passed position 10 .+ has no such event.+take the read model away/) as unknown,
  });
});

test('an event store put back to an older copy, without its read model, has the feed take back what is lost', async () => {
  const { files, older } = await withOlderCopies();
  await replace(files.events, older.events);
  await remove(files.readModel);
  const service = await startService(files);
  const position = await record(service, 2022);
  await publishedChanges(service, position);
  await vi.waitFor(() => expectVerified(files), { timeout: 20_000 });
  const { entries } = await readFeed(files.feed);
  expect(entries.filter(({ type }) => type === 'StanceChangeRemoved')).toHaveLength(3);
});

test('an event store put back together with its read model has the feed take back what is lost', async () => {
  const { files, older } = await withOlderCopies();
  await replace(files.events, older.events);
  await replace(files.readModel, older.readModel);
  const service = await startService(files);
  await vi.waitFor(() => expectVerified(files), { timeout: 20_000 });
  // At the positions of what is lost.
  await publishedChanges(service, await record(service, 2022));
  await vi.waitFor(() => expectVerified(files), { timeout: 20_000 });
  const { entries } = await readFeed(files.feed);
  expect(entries.filter(({ type }) => type === 'StanceChangeRemoved')).toHaveLength(3);
});
