import { defaultMethod } from '@stance/domain';
import type { EventStore, StoredEvent } from '@stance/event-store';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { createProjection } from '@stance/projection';
import type { ProjectedLog } from '@stance/projection';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import { describe, expect, it } from 'vitest';

import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** A log of so many statements, recorded one a second from a moment on. */
const logOf = async (count: number, from: number) => {
  let now = from;
  const log = createRecordedLog(createMemoryEventStore({ clock: () => (now += 1000) }));
  for (let index = 0; index < count; index += 1) await log.made(`s${String(index)}`, statement({}));
  return log.store;
};

/** The first events of a log in another event store, as a backup has them. */
const backupOf = async (log: EventStore, count: number): Promise<EventStore> => {
  const backup = createMemoryEventStore();
  const { events } = await log.readAll({ after: 0, limit: count });
  for (const { stream, revision, ...event } of events) {
    await backup.append([{ stream, expectedRevision: revision - 1, events: [event] }]);
  }
  return backup;
};

/** The same log under positions as EventStoreDB has them: offsets of bytes, with gaps of any size. */
const inBytes = (log: EventStore): ProjectedLog => {
  const offsetOf = (position: number): number => position * 1000 + (position % 7);
  const placed = (event: StoredEvent): StoredEvent => ({ ...event, position: offsetOf(event.position) });
  return {
    readAll: async ({ after, limit }) => {
      const given = Math.floor(after / 1000);
      if (offsetOf(given) !== after) throw new RangeError(`${String(after)} is no position that the log has given`);
      const { events, position } = await log.readAll({ after: given, limit });
      return { events: events.map(placed), position: offsetOf(position) };
    },
    readStream: async (stream, options) => (await log.readStream(stream, options)).map(placed),
  };
};

const opened = async (source: ProjectedLog, path: string): Promise<void> => {
  const writer = openSqliteReadModelWriter({ path, method: defaultMethod });
  try {
    await createProjection({ source, writer, method: defaultMethod });
  } finally {
    await writer.close();
  }
};

describe('a projection', () => {
  it('refuses a log that ends before what its read model has passed', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = await logOf(5, 1_700_000_000_000);
    await project(log, path);
    await expect(opened(await backupOf(log, 3), path)).rejects.toMatchObject({
      code: 'read-model-of-another-log',
      message: expect.stringContaining('position 5') as unknown,
    });
  });

  it('refuses a log that went another way from an older state on', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = await logOf(5, 1_700_000_000_000);
    await project(log, path);
    const other = createRecordedLog(await backupOf(log, 3));
    for (const id of ['s3', 's4', 's5', 's6']) await other.made(id, statement({}));
    await expect(opened(other.store, path)).rejects.toMatchObject({
      code: 'read-model-of-another-log',
      message: expect.stringContaining('another event') as unknown,
    });
  });

  it('goes on with a log that has only grown', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = await logOf(9, 1_700_000_000_000);
    await project(await backupOf(log, 5), path);
    await expect(opened(log, path)).resolves.toBeUndefined();
  });

  it('refuses and goes on alike where positions are offsets of bytes', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = await logOf(9, 1_700_000_000_000);
    await project(inBytes(await backupOf(log, 5)), path);
    await expect(opened(inBytes(log), path)).resolves.toBeUndefined();
    await expect(opened(inBytes(await backupOf(log, 3)), path)).rejects.toMatchObject({
      code: 'read-model-of-another-log',
    });
  });

  it('stops at a position that it was told, however many events a page has', async () => {
    using folder = temporaryFolder();
    const source = inBytes(await logOf(9, 1_700_000_000_000));
    const [, , third] = (await source.readAll({ after: 0, limit: 3 })).events;
    const writer = openSqliteReadModelWriter({ path: folder.path('read-model.db'), method: defaultMethod });
    const projection = await createProjection({
      source,
      writer,
      method: defaultMethod,
      upTo: third?.position ?? 0,
    });
    expect(await projection.applyNext(100)).toMatchObject({ position: third?.position, applied: 3, more: false });
    await writer.close();
  });
});
