import { defaultMethod } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import type { FeedEntry } from '@stance/feed';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { createProjection, differingHistories, refoldSome, switchVersions } from '@stance/projection';
import { historyKey, openActiveReadModel, versionKind } from '@stance/read-model';
import type { VersionCatalogue } from '@stance/read-model';
import {
  openSqliteActiveVersion,
  openSqliteChangeSetReader,
  openSqliteReadModelWriter,
  openSqliteTableRows,
  openSqliteVersionCatalogue,
  versionFile,
} from '@stance/read-model/sqlite';
import { openSqliteReadModel } from '@stance/read-model/sqlite/reader';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import { entryOf, fileOf, makeReady } from '../support/made-version.ts';
import { project } from '../support/project.ts';
import { createRecordedLog } from '../support/recorded-log.ts';
import type { RecordedLog } from '../support/recorded-log.ts';
import { statement } from '../support/statements.ts';
import { tableRows } from '../support/table-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const method = defaultMethod;
const kind = versionKind(method);

const makeNext = async (log: RecordedLog, path: string, catalogue: VersionCatalogue): Promise<number> => {
  const version = await catalogue.begin(kind, false);
  await makeReady({ store: log.store, catalogue, version, place: fileOf(path, version.version) });
  return version.version;
};

const switchTo = async (
  log: RecordedLog,
  path: string,
  catalogue: VersionCatalogue,
  to: number,
): Promise<{ readonly position: number; readonly from: number }> => {
  const active = await catalogue.active();
  if (active === null) throw new Error('one serves');
  const writer = openSqliteReadModelWriter({ path: versionFile(path, active.version), method });
  const next = openSqliteReadModelWriter({ path: versionFile(path, to), method });
  try {
    const current = await createProjection({ source: log.store, writer, method });
    const seen = { current: active, next: await entryOf(catalogue, to) };
    const position = await switchVersions({ source: log.store, method, current, next, catalogue, seen });
    return { position, from: active.version };
  } finally {
    await writer.close();
    await next.close();
  }
};

/** Publishes all that a version has. */
const publishAll = async (path: string, version: number, feedPath: string): Promise<FeedEntry[]> => {
  const feed = openSqliteFeedStore({ path: feedPath });
  const changes = openSqliteChangeSetReader({ path: versionFile(path, version) });
  try {
    const before = await feed.head();
    const publisher = createPublisher({ changes, feed, now: () => 1 });
    while ((await publisher.publishNext(100)).more);
    return await feed.readFeed({ after: before, limit: 1000 });
  } finally {
    await changes.close();
    await feed.close();
  }
};

const served = (path: string) => {
  const active = openSqliteActiveVersion({ path });
  return openActiveReadModel({
    active: () => active.read(),
    open: (version) => openSqliteReadModel({ path: versionFile(path, version) }),
    close: async () => active.close(),
  });
};

describe('a switch of versions', () => {
  it('comes at one position, whichever version is behind, and readers see it at once', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    for (const no of [1, 2, 3]) await log.made(`s${String(no)}`, statement({ holder: `h${String(no)}` }));
    await project(log.store, path, [7]);
    const catalogue = openSqliteVersionCatalogue({ path });
    await catalogue.ensureActive(kind);
    const readModel = await served(path);
    const read = () => readModel.read((snapshot) => Promise.resolve(snapshot.checkpoint));
    const before = await read();
    await log.made('s4', statement({ holder: 'h4' }));
    // The next one is ahead of the one that serves.
    const next = await makeNext(log, path, catalogue);
    expect(await switchTo(log, path, catalogue, next)).toMatchObject({ position: 4 });
    const after = await read();
    expect(after.position).toBe(4);
    expect(after.generation).not.toBe(before.generation);
    // Now the one that is switched to is behind.
    await log.made('s5', statement({ holder: 'h5' }));
    await project(log.store, versionFile(path, next), [7]);
    const back = await catalogue.move(await catalogue.move(await entryOf(catalogue, 1), 'catching-up'), 'ready');
    expect(await switchTo(log, path, catalogue, back.version)).toMatchObject({ position: 5, from: next });
    expect((await read()).generation).toBe(before.generation);
    expect(await tableRows(path)).toEqual(await tableRows(versionFile(path, next)));
    await readModel.close();
    await catalogue.close();
  });

  it('is refused where the next one is not ready, and changes nothing', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.made('s1', statement({}));
    await project(log.store, path, [7]);
    const catalogue = openSqliteVersionCatalogue({ path });
    await catalogue.ensureActive(kind);
    const { version } = await catalogue.begin(kind, false);
    await expect(switchTo(log, path, catalogue, version)).rejects.toMatchObject({ code: 'version-refused' });
    expect(await catalogue.active()).toMatchObject({ version: 1 });
    await catalogue.close();
  });

  it('has published again nothing but what the other version has differently', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const feed = folder.path('feed.db');
    const log = createRecordedLog();
    for (const holder of ['ann', 'bob', 'cid']) {
      await log.made(`${holder}-1`, statement({ holder, saidAt: '2024-01-10' }));
      await log.made(`${holder}-2`, statement({ holder, direction: 'oppose', saidAt: '2024-03-10' }));
    }
    await project(log.store, path, [7]);
    const catalogue = openSqliteVersionCatalogue({ path });
    await catalogue.ensureActive(kind);
    // The one that serves has lost what it knew of Ann, and has another of Bob's changes.
    const db = new Sqlite(path);
    const of = (holder: string) =>
      `history / ${String(historyKey(1, 0))} = (SELECT a.no FROM actors a WHERE a.id = '${holder}')`;
    db.exec(`DELETE FROM changes WHERE ${of('ann')}`);
    db.exec(
      `UPDATE changes SET body = json_set(body, '$.status', 'withdrawn'), status = 'withdrawn' WHERE ${of('bob')}`,
    );
    db.close();
    const first = await publishAll(path, 1, feed);
    const next = await makeNext(log, path, catalogue);
    const left = openSqliteTableRows({ path });
    const right = openSqliteTableRows({ path: versionFile(path, next) });
    const { histories, differing } = await differingHistories(left, right, 10);
    await left.close();
    await right.close();
    expect(histories.map(({ holder }) => holder).sort()).toEqual(['ann', 'bob']);
    await switchTo(log, path, catalogue, next);
    const second = await publishAll(path, next, feed);
    expect(second).toHaveLength(differing);
    expect(new Set(second.map(({ holder }) => holder))).toEqual(new Set(['ann', 'bob']));
    expect(second.map(({ position }) => position)).toEqual(second.map((_, index) => first.length + 1 + index));
    // And back: what was published is revised and removed again, and nothing comes twice.
    const back = await catalogue.move(await catalogue.move(await entryOf(catalogue, 1), 'catching-up'), 'ready');
    await switchTo(log, path, catalogue, back.version);
    const third = await publishAll(path, 1, feed);
    expect(third).toHaveLength(differing);
    expect(await publishAll(path, 1, feed)).toEqual([]);
    await catalogue.close();
  });
});

describe('histories that are folded anew', () => {
  it('come to what they should be, only where that is asked for, and only those', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const clean = folder.path('clean.db');
    const log = createRecordedLog();
    for (const holder of ['ann', 'bob']) {
      await log.made(`${holder}-1`, statement({ holder, saidAt: '2024-01-10' }));
      await log.made(`${holder}-2`, statement({ holder, direction: 'oppose', saidAt: '2024-03-10' }));
    }
    for (const file of [path, clean]) await project(log.store, file, [7]);
    const db = new Sqlite(path);
    db.exec('DELETE FROM changes');
    db.close();
    const writer = openSqliteReadModelWriter({ path, method });
    const given = { writer, method, holder: 'ann', proposition: null };
    const dry = await refoldSome({ ...given, writes: false });
    expect(dry).toMatchObject({ folded: 1, histories: [{ holder: 'ann', before: [] }] });
    expect(dry.histories[0]?.after).toHaveLength(1);
    expect((await tableRows(path))['changes']).toEqual([]);
    await refoldSome({ ...given, writes: true });
    expect((await tableRows(path))['changes']).toHaveLength(1);
    expect(await refoldSome({ ...given, writes: true })).toEqual({ folded: 1, histories: [] });
    await refoldSome({ ...given, holder: null, proposition: 'p1', writes: true });
    expect(await tableRows(path)).toEqual(await tableRows(clean));
    expect(await refoldSome({ ...given, holder: 'nobody', writes: true })).toEqual({ folded: 0, histories: [] });
    await writer.close();
  });
});
