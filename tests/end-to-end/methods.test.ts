import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { ChangeList, MethodComparisonList, HistoryAnswer, MethodList } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import { openSqliteEventLogReader } from '@stance/event-store/sqlite';
import { verify } from '@stance/projection';
import { expect, test, vi } from 'vitest';

import { readFeed } from './support/feed.ts';
import { newFiles, startService } from './support/service.ts';
import type { Files } from './support/service.ts';

const wary = join(import.meta.dirname, '../support/wary-method.json');

/** A copy of the method file with some fields other. */
const saved = async ({ events }: Files, changes: object): Promise<string> => {
  const file = join(dirname(events), 'method.json');
  const method = JSON.parse(await readFile(wary, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...method, ...changes }));
  return file;
};

const lines = [
  { id: 'a1', holder: 'ann', proposition: 'tax', direction: 'support', saidAt: '2024-01-01' },
  { id: 'a2', holder: 'ann', proposition: 'tax', direction: 'support', saidAt: '2024-02-01' },
  { id: 'b1', holder: 'bob', proposition: 'tax', direction: 'oppose', saidAt: '2024-01-01' },
].map((line) => ({ ...line, quote: { exact: 'So it is.', directness: 'direct' } }));

test('a method beside the default one answers, and leaves what is kept and published to the default one', async () => {
  const files = await newFiles();
  const first = await startService(files, { STANCE_METHODS: wary });
  const { summary } = await first.postLines('/v1/statements?createMissing=true&results=errors', lines);
  const known = `minPosition=${summary.position}&knownAt=${summary.position}`;

  const history = await first.ask<HistoryAnswer>(`/v1/histories/ann/tax?method=wary&${known}`);
  expect(history.changes).toMatchObject([
    { confirmedAt: { edtf: '2024-02-01' }, method: { name: 'wary', version: 1 } },
  ]);
  const changes = await first.ask<ChangeList>(`/v1/changes?method=wary&${known}`);
  expect(changes.items.map(({ status }) => status).toSorted()).toEqual(['confirmed', 'provisional']);
  const compared = await first.ask<MethodComparisonList>(`/v1/methods/compare?a=default&b=wary&${known}`);
  expect(compared.items.map(({ holder }) => holder)).toEqual(['ann', 'bob']);

  await vi.waitFor(async () => expect((await readFeed(files.feed)).entries).toHaveLength(2), { timeout: 20_000 });
  const { entries } = await readFeed(files.feed);
  expect(entries.map(({ method }) => method)).toEqual(entries.map(() => ({ name: 'default', version: 2 })));
  const source = await openSqliteEventLogReader({ path: files.events });
  const { readModel, feed } = files;
  const verified = await verify({ source, readModelPath: readModel, feedPath: feed, method: defaultMethod });
  await source.close();
  expect(verified).toMatchObject({ equal: true });
  await first.stop();

  // Started again, the same position gives the same answers; another version says so.
  const second = await startService(files, { STANCE_METHODS: wary });
  expect(await second.ask(`/v1/changes?method=wary&${known}`)).toEqual(changes);
  expect(await second.ask(`/v1/methods/compare?a=default&b=wary&${known}`)).toEqual(compared);
  await second.stop();
  const third = await startService(files, { STANCE_METHODS: await saved(files, { version: 2 }) });
  expect((await third.ask<ChangeList>(`/v1/changes?method=wary&${known}`)).method).toEqual({
    name: 'wary',
    version: 2,
  });
  await third.stop();

  // A list that was begun by a method that is gone cannot be gone on with.
  const fourth = await startService(files, { STANCE_METHODS: wary });
  const { next = '' } = await fourth.ask<ChangeList>(`/v1/changes?method=wary&limit=1&${known}`);
  await fourth.stop();
  const last = await startService(files);
  expect(await last.get(`/v1/changes?after=${next}`)).toMatchObject({ status: 400, body: { code: 'unknown-method' } });
  expect((await last.ask<MethodList>('/v1/methods')).items.map(({ name }) => name)).toEqual(['default']);
});
