import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { encodeEvent } from '@stance/contracts';
import type { StatementContent } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import type { EventStore, StoredEvent } from '@stance/event-store';
import { openSqliteEventStore } from '@stance/event-store/sqlite';
import type { FeedEntry } from '@stance/feed';
import { openSqliteFeedReader, openSqliteFeedStore } from '@stance/feed/sqlite';
import { startProjector } from '@stance/projector';
import type { Projector, ProjectorOptions, ProjectorStatus } from '@stance/projector';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

const cycles = process.env['CI'] === 'true' ? 100 : 3;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
let store: EventStore;
let files: { readonly events: string; readonly readModel: string; readonly feed: string };
let options: ProjectorOptions;

const fileStore = (file: string) => ({ kind: 'sqlite', file }) as const;

/** The event store and the read model of another service. */
const others = () => ({
  eventStore: fileStore(join(folder, 'others.db')),
  readModel: fileStore(join(folder, 'other.db')),
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stance-projector-'));
  files = {
    events: join(folder, 'events.db'),
    readModel: join(folder, 'read-model.db'),
    feed: join(folder, 'feed.db'),
  };
  store = await openSqliteEventStore({ path: files.events });
  options = {
    eventStore: fileStore(files.events),
    readModel: fileStore(files.readModel),
    feedStore: fileStore(files.feed),
    broker: null,
    logger: silent,
  };
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const make = async (id: string, said: Partial<StatementContent> = {}): Promise<number> => {
  const event = encodeEvent('StatementMade', {
    statementId: id,
    statement: {
      holder: `holder-${id}`,
      proposition: 'p1',
      direction: 'support',
      act: 'assert',
      saidAt: '2024-01-10',
      authority: 'self',
      ...said,
    },
  });
  const metadata = { correlationId: 'test' };
  const [result] = await store.append([
    { stream: `statement-${id}`, expectedRevision: -1, events: [{ id: randomUUID(), metadata, ...event }] },
  ]);
  if (result?.outcome !== 'appended') throw new Error(`statement ${id} was not appended`);
  return result.position;
};

const removeReadModel = (): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${files.readModel}${suffix}`, { force: true });
};

/** What the feed holds once it says what the log does up to a position. */
const publishedUpTo = async (position: number): Promise<FeedEntry[]> => {
  const projector = await startProjector(options);
  await statusWhere(projector, ({ feedPosition }) => feedPosition === position);
  await projector.stop();
  return entriesOfFeed();
};

const lastEvent = async (): Promise<StoredEvent> => {
  const { events } = await store.readAll({ after: (await store.head()) - 1, limit: 1 });
  if (events[0] === undefined) throw new Error('the log is empty');
  return events[0];
};

const entriesOfFeed = async (): Promise<FeedEntry[]> => {
  const feed = openSqliteFeedReader({ path: files.feed });
  const entries = await feed.readFeed({ after: 0, limit: 100_000 });
  await feed.close();
  return entries;
};

const statusWhere = (projector: Projector, wanted: (status: ProjectorStatus) => boolean): Promise<ProjectorStatus> =>
  new Promise((resolve) => {
    const look = (status: ProjectorStatus): void => {
      if (!wanted(status)) return;
      stop();
      resolve(status);
    };
    const stop = projector.onProgress(look);
    look(projector.status());
  });

describe('the projector', () => {
  it('applies what is in the log and publishes the changes', async () => {
    await make('a');
    const position = await make('b');
    const projector = await startProjector(options);
    await projector.whenPublished(position, { timeout: 10_000 });
    const entries = await entriesOfFeed();
    expect(entries.map(({ type, holder }) => [type, holder])).toEqual([
      ['StanceChangeDetected', 'holder-a'],
      ['StanceChangeDetected', 'holder-b'],
    ]);
    await projector.stop();
  });

  it('is woken by the head of the log, and finds what nobody told it of', async () => {
    const projector = await startProjector(options);
    const first = await make('a');
    projector.notifyHead(first);
    await projector.whenPassed(first, { timeout: 10_000 });
    const second = await make('b');
    projector.notifyHead(second);
    await projector.whenCaughtUp({ timeout: 10_000 });
    expect(projector.status()).toMatchObject({ position: second, lagEvents: 0, lagSeconds: 0, parkedStreams: 0 });
    await projector.stop();
  });

  it('is not behind for long where events never cease to come in', async () => {
    const projector = await startProjector(options);
    const first = await make('a');
    await projector.whenPassed(first, { timeout: 10_000 });
    // There is always more than it has passed.
    projector.notifyHead(first + 1000);
    const later = performance.now() + 3_600_000;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
    onTestFinished(() => clock.mockRestore());
    const second = await make('b');
    await projector.whenPassed(second, { timeout: 10_000 });
    expect(projector.status().lagSeconds).toBeLessThan(60);
    await projector.stop();
  });

  it('says that it follows as soon as an empty log is read', async () => {
    const projector = await startProjector(options);
    await statusWhere(projector, ({ state }) => state === 'following');
    await projector.stop();
    expect(projector.status().state).toBe('stopped');
  });

  it('tells those who wait when time is over or it stops', async () => {
    const projector = await startProjector(options);
    await expect(projector.whenPassed(5, { timeout: 1 })).rejects.toMatchObject({
      code: 'not-caught-up',
      retryable: true,
    });
    await expect(projector.whenPublished(5, { timeout: 1 })).rejects.toMatchObject({ code: 'not-caught-up' });
    const waiting = [projector.whenPassed(5), projector.whenPublished(5)];
    const told = await Promise.allSettled([...waiting, projector.stop()]);
    for (const each of told.slice(0, 2)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'projector-stopped' } });
    }
  });

  it('starts its thread again when it dies, from where the read model is', async () => {
    const projector = await startProjector(options);
    const first = await make('a');
    await projector.whenPassed(first, { timeout: 10_000 });
    // Somebody else moves the checkpoint, as often as it takes to come between two of its batches: its thread ends.
    const writer = openSqliteReadModelWriter({ path: files.readModel, method: defaultMethod });
    const rows = { remove: {}, update: [], insert: {}, add: {}, put: {} };
    let position = first;
    while (projector.status().restarts === 0) {
      const after = position;
      position = await make(`b${String(position)}`);
      const { recordedAt } = await lastEvent();
      await writer.commit({ after, position, recordedAt, ...rows }).catch(() => undefined);
      position = await make(`c${String(position)}`);
      projector.notifyHead(position);
      await Promise.race([
        projector.whenPassed(position, { timeout: 20_000 }),
        statusWhere(projector, ({ restarts }) => restarts > 0),
      ]);
    }
    await projector.whenPassed(position, { timeout: 20_000 });
    expect(projector.status().position).toBe(position);
    await writer.close();
    await projector.stop();
  });

  it('waits longer from restart to restart where it catches up each time and cannot publish', async () => {
    await openSqliteFeedStore({ path: files.feed }).close();
    const feed = new Sqlite(files.feed);
    feed.exec("CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'broken'); END");
    feed.close();
    const position = await make('a');

    const delays: unknown[] = [];
    const error = (fields: object): void => {
      if ('delay' in fields) delays.push(fields.delay);
    };
    const projector = await startProjector({ ...options, logger: { ...silent, error } });
    await statusWhere(projector, ({ restarts }) => restarts === 3);
    expect(delays).toEqual([100, 200, 400]);
    expect(projector.status()).toMatchObject({ position, fault: { message: 'broken' } });
    await projector.stop();
  });

  it('publishes nothing while it makes a lost read model anew, and nothing twice after', async () => {
    const own = { authority: 'self', quote: { exact: 'So it is.', directness: 'direct' } } as const;
    const directions = ['support', 'oppose'] as const;
    let position = 0;
    // More than fits into one page, so that it stops on the way; each holder goes to and fro.
    for (let day = 0; day < 20; day += 1) {
      const saidAt = `2024-01-${String(day + 1).padStart(2, '0')}`;
      const direction = directions[day % 2] ?? 'support';
      const holders = Array.from({ length: 60 }, (_, holder) => String(holder));
      const positions = await Promise.all(
        holders.map((holder) => make(`${holder}-${String(day)}`, { ...own, holder, direction, saidAt })),
      );
      position = Math.max(...positions);
    }
    const before = await publishedUpTo(position);
    expect(before).toHaveLength(60 * 20);

    removeReadModel();
    expect(await publishedUpTo(position)).toEqual(before);
  });

  it('takes back what was published of events that a log put back to an older state has lost', async () => {
    const older = join(folder, 'older.db');
    await make('a');
    await store.close();
    cpSync(files.events, older);
    store = await openSqliteEventStore({ path: files.events });
    await make('b');
    await publishedUpTo(2);

    await store.close();
    cpSync(older, files.events);
    store = await openSqliteEventStore({ path: files.events });
    await expect(startProjector(options)).rejects.toMatchObject({
      code: 'read-model-of-another-log',
      retryable: false,
    });
    removeReadModel();
    expect((await publishedUpTo(1)).map(({ type, holder }) => [type, holder])).toEqual([
      ['StanceChangeDetected', 'holder-a'],
      ['StanceChangeDetected', 'holder-b'],
      ['StanceChangeRemoved', 'holder-b'],
    ]);
  });

  it('leads readers of the feed from the changes of a holder merged away to those of the survivor, and back', async () => {
    await make('a');
    await make('b', { saidAt: '2024-03-01', direction: 'oppose' });
    const registry = async (expectedRevision: number, ...[type, data]: Parameters<typeof encodeEvent>) => {
      const events = [{ id: randomUUID(), metadata: { correlationId: 'test' }, ...encodeEvent(type, data) }];
      await store.append([{ stream: 'registry', expectedRevision, events }]);
    };
    const detected = await publishedUpTo(2);
    const first = detected.find(({ holder }) => holder === 'holder-a');
    await registry(-1, 'ActorMerged', { actorId: 'holder-a', into: 'holder-b' });
    const merged = (await publishedUpTo(3)).slice(detected.length);
    const taken = merged.find(({ holder, type }) => holder === 'holder-b' && type === 'StanceChangeDetected');
    expect(merged).toContainEqual(
      expect.objectContaining({
        type: 'StanceChangeRemoved',
        changeId: first?.changeId,
        replacedBy: taken?.changeId ?? 'a change of the survivor',
      }),
    );
    await registry(0, 'ActorUnmerged', { actorId: 'holder-a' });
    const unmerged = (await publishedUpTo(4)).slice(detected.length + merged.length);
    expect(unmerged).toContainEqual(
      expect.objectContaining({
        type: 'StanceChangeRemoved',
        changeId: taken?.changeId,
        replacedBy: first?.changeId ?? 'the change of before',
      }),
    );
  });

  it('does not start on the feed of another service, running or not, and leaves it as it is', async () => {
    await make('a');
    const before = await publishedUpTo(1);
    const other = { ...options, ...others() };
    const store = await openSqliteEventStore({ path: other.eventStore.file });
    await expect(startProjector(other)).rejects.toMatchObject({ code: 'feed-of-another-log', retryable: false });
    const first = await startProjector(options);
    await expect(startProjector(other)).rejects.toMatchObject({ code: 'feed-in-use', retryable: false });
    await first.stop();
    await store.close();
    expect(await entriesOfFeed()).toEqual(before);
  });

  it('keeps a feed that began with an empty log to that log', async () => {
    const projector = await startProjector(options);
    await make('a');
    await projector.whenPassed(1, { timeout: 10_000 });
    await statusWhere(projector, ({ feedPosition }) => feedPosition === 1);
    await projector.stop();
    const other = { ...options, ...others() };
    const store = await openSqliteEventStore({ path: other.eventStore.file });
    await expect(startProjector(other)).rejects.toMatchObject({ code: 'feed-of-another-log' });
    await store.close();
  });

  // Where an open file cannot be removed there is nothing to miss.
  it.skipIf(process.platform === 'win32')(
    'ends, and does not start on another log, where its log was removed',
    async () => {
      const projector = await startProjector(options);
      renameSync(files.events, join(folder, 'moved.db'));
      writeFileSync(files.events, '');
      const { state, fault, restarts } = await statusWhere(projector, (status) => status.fault !== null);
      expect({ state, code: fault?.code, restarts }).toEqual({
        state: 'failed',
        code: 'event-store-removed',
        restarts: 0,
      });
      await projector.stop();
    },
  );

  it('does not start on a file that is none of its own, and says which', async () => {
    writeFileSync(files.readModel, 'this is a text, long enough to be no database header at all');
    await expect(startProjector(options)).rejects.toMatchObject({ code: 'read-model-corrupt', retryable: false });
  });

  it(
    `starts and stops ${String(cycles)} times while events come in, and misses none`,
    { timeout: 300_000 },
    async () => {
      for (let cycle = 0; cycle < cycles; cycle += 1) {
        // One after the other is what is tried here.
        const projector = await startProjector(options);
        const position = await make(`s${String(cycle)}`);
        projector.notifyHead(position);
        if (cycle % 2 === 0) await projector.whenPassed(position, { timeout: 10_000 });
        await projector.stop();
      }
      const projector = await startProjector(options);
      await projector.whenPassed(cycles, { timeout: 10_000 });
      await statusWhere(projector, ({ feedPosition }) => feedPosition === cycles);
      expect(projector.status().feedHead).toBe(cycles);
      await projector.stop();
    },
  );
});
