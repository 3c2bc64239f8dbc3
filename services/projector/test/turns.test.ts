import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createMemoryDistribution } from '@stance/distribution/memory';
import { defaultMethod } from '@stance/domain';
import { createMemoryEventStore } from '@stance/event-store/memory';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { openSqliteChangeSetReader, openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import { expect, it, onTestFinished } from 'vitest';

import { createGroupedSource } from '../src/grouped-source.ts';
import { projectInTurns } from '../src/turns.ts';
import { createWakeUp } from '../src/wake-up.ts';

const id = '00000000-0000-4000-8000-000000000001';

it('takes over a feed that others have published to, before anything has come in by way of the broker', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stance-turns-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const readModel = { path: join(folder, 'read-model.db'), method: defaultMethod };
  const feed = { path: join(folder, 'feed.db') };
  const store = createMemoryEventStore();
  const event = { id, type: 'ActorRegistered', schemaVersion: 1, data: '{}', metadata: { correlationId: 'c' } };
  await store.append([{ stream: 'actor-a', expectedRevision: -1, events: [event] }]);
  const before = openSqliteFeedStore(feed);
  await before.bind(id);
  await before.close();

  const { group } = createMemoryDistribution({ partitions: 2, mode: 'stepped' });
  const source = await createGroupedSource({
    join: group('projectors').join,
    store,
    onNews: () => undefined,
    onFault: () => undefined,
  });
  const stopping = new AbortController();
  const wakeUp = createWakeUp();
  const said: string[] = [];
  await projectInTurns(
    {
      source,
      stores: {
        openWriter: () => Promise.resolve(openSqliteReadModelWriter(readModel)),
        openChanges: () => Promise.resolve(openSqliteChangeSetReader(readModel)),
        openFeed: () => Promise.resolve(openSqliteFeedStore(feed)),
      },
      standsBy: true,
      isShared: true,
    },
    {
      wakeUp,
      stopping: stopping.signal,
      send: ({ kind }) => {
        said.push(kind);
        if (kind !== 'ready') return;
        stopping.abort();
        wakeUp.ring();
      },
    },
  );
  await source.close();
  expect(said).toContain('ready');
});
