import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { changeId } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import type { FeedEntry, FeedReader } from '@stance/feed';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import type { ChangeSetReader, HistoryChanges } from '@stance/read-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const method = { name: 'default', version: 1 };

const change = (given: Partial<StanceChange>): StanceChange => ({
  track: 'direction',
  kind: 'first',
  status: 'confirmed',
  from: null,
  to: { direction: 'support', strength: null },
  at: 100,
  confirmedAt: 100,
  withdrawnAt: null,
  openedBy: 's1',
  evidence: [],
  ...given,
});

const idOf = (holder: string, openedBy: string): string =>
  changeId({ method: method.name, holder, proposition: 'p1', track: 'direction', openedBy });

/** A read model of which the test decides what changes it has. */
const createChangeSet = () => {
  const histories = new Map<string, HistoryChanges>();
  let position = 0;
  let generation = 'g1';
  const reader: ChangeSetReader = {
    touchedAfter: (after, limit) => {
      const touched = [...histories.values()]
        .filter(({ lastPosition }) => lastPosition > after)
        .sort((a, b) => a.lastPosition - b.lastPosition);
      const upTo = touched.length <= limit ? position : (touched[limit - 1]?.lastPosition ?? after);
      const page = touched.filter(({ lastPosition }) => lastPosition <= upTo);
      return Promise.resolve({ generation, method, position, histories: page, upTo });
    },
    existing: (asked) => Promise.resolve(new Set(asked.filter(({ holder }) => histories.has(holder)))),
    close: () => Promise.resolve(),
  };
  return {
    reader,
    set(holder: string, changes: readonly StanceChange[], survivor = holder): void {
      position += 1;
      const bodies = changes.map((each) => JSON.stringify(each));
      histories.set(holder, { holder, proposition: 'p1', lastPosition: position, survivor, changes: bodies });
    },
    /** All that one event touches. */
    together(work: () => void): void {
      const before = position + 1;
      work();
      for (const [holder, history] of histories) {
        if (history.lastPosition > before) histories.set(holder, { ...history, lastPosition: before });
      }
      position = before;
    },
    drop(holder: string): void {
      histories.delete(holder);
    },
    rebuilt(): void {
      generation += '+';
    },
    current: (): Map<string, string> =>
      new Map(
        [...histories.values()].flatMap(({ holder, changes }) =>
          changes.map((body) => [idOf(holder, (JSON.parse(body) as StanceChange).openedBy), body] as const),
        ),
      ),
  };
};

const entriesOf = (feed: FeedReader): Promise<FeedEntry[]> => feed.readFeed({ after: 0, limit: 100_000 });

const applied = (entries: readonly FeedEntry[]): Map<string, string> => {
  const set = new Map<string, string>();
  for (const { type, changeId: id, body } of entries) {
    if (type === 'StanceChangeRemoved') set.delete(id);
    else set.set(id, body);
  }
  return set;
};

const inFeed = async (work: (path: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'stance-feed-'));
  try {
    await work(join(folder, 'feed.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const publishAll = async (path: string, changes: ChangeSetReader, now: number, limit = 10): Promise<void> => {
  const feed = openSqliteFeedStore({ path });
  const publisher = createPublisher({ changes, feed, now: () => now });
  while ((await publisher.publishNext(limit)).more);
  await feed.close();
};

const published = async (path: string): Promise<FeedEntry[]> => {
  const feed = openSqliteFeedStore({ path });
  const entries = await entriesOf(feed);
  await feed.close();
  return entries;
};

describe('the publisher', () => {
  it('publishes a change once as detected, later as revised, at last as removed', () =>
    inFeed(async (path) => {
      const set = createChangeSet();
      set.set('ann', [change({ status: 'provisional' })]);
      await publishAll(path, set.reader, 1000);
      await publishAll(path, set.reader, 1500);
      set.set('ann', [change({})]);
      await publishAll(path, set.reader, 2000);
      set.set('ann', []);
      await publishAll(path, set.reader, 3000);
      const entries = await published(path);
      expect(
        entries.map(({ type, revision, detectedAt, recordedAt, previous }) => [
          type,
          revision,
          detectedAt,
          recordedAt,
          previous,
        ]),
      ).toEqual([
        ['StanceChangeDetected', 0, 1000, 1000, null],
        ['StanceChangeRevised', 1, 1000, 2000, 1],
        ['StanceChangeRemoved', 2, 1000, 3000, 2],
      ]);
    }));

  it('names what stands in the place of a removed change, and publishes both together', () =>
    inFeed(async (path) => {
      const set = createChangeSet();
      set.set('ann', [change({ openedBy: 's2' })]);
      await publishAll(path, set.reader, 1000);
      set.set('ann', [change({ openedBy: 's1' })]);
      await publishAll(path, set.reader, 2000);
      const [, removed, detected] = await published(path);
      expect(removed).toMatchObject({
        type: 'StanceChangeRemoved',
        changeId: idOf('ann', 's2'),
        replacedBy: idOf('ann', 's1'),
        recordedAt: 2000,
      });
      expect(detected).toMatchObject({ type: 'StanceChangeDetected', changeId: idOf('ann', 's1'), recordedAt: 2000 });
    }));

  it('names it also where only the strength of the day has become another', () =>
    inFeed(async (path) => {
      const set = createChangeSet();
      set.set('ann', [change({ openedBy: 's1', to: { direction: 'support', strength: 'strong' } })]);
      await publishAll(path, set.reader, 1000);
      set.set('ann', [change({ openedBy: 's2' })]);
      await publishAll(path, set.reader, 2000);
      const hardening = {
        track: 'strength',
        kind: 'hardening',
        from: { direction: 'support', strength: 'weak' },
      } as const;
      set.set('bob', [change({ ...hardening, openedBy: 's3', to: { direction: 'support', strength: 'strong' } })]);
      await publishAll(path, set.reader, 3000);
      set.set('bob', [change({ ...hardening, openedBy: 's4', to: { direction: 'support', strength: 'moderate' } })]);
      await publishAll(path, set.reader, 4000);
      const removed = (await published(path)).filter(({ type }) => type === 'StanceChangeRemoved');
      expect(removed.map(({ replacedBy }) => replacedBy)).toEqual([idOf('ann', 's2'), null]);
    }));

  it('leads from the changes of a holder merged away to those of the survivor, and back again', () =>
    inFeed(async (path) => {
      const set = createChangeSet();
      const first = change({ openedBy: 's1', at: 100 });
      const reversal = { kind: 'reversal', to: { direction: 'oppose', strength: null } } as const;
      const own = [first, change({ ...reversal, openedBy: 's5', at: 150 })];
      const others = [change({ openedBy: 's2', at: 90 })];
      set.set('ann', own);
      set.set('bob', others);
      await publishAll(path, set.reader, 1000);

      set.together(() => {
        set.set('ann', [], 'bob');
        set.set('bob', [...others, change({ ...reversal, openedBy: 's5', at: 150 })]);
      });
      await publishAll(path, set.reader, 2000, 1);
      const merged = (await published(path)).slice(3);
      const led = (entries: readonly FeedEntry[]) =>
        new Map(
          entries.flatMap(({ type, changeId: id, replacedBy }) =>
            type === 'StanceChangeRemoved' ? [[id, replacedBy] as const] : [],
          ),
        );
      const bySameStep = [idOf('ann', 's1'), idOf('bob', 's2')] as const;
      const bySameOpening = [idOf('ann', 's5'), idOf('bob', 's5')] as const;
      expect(led(merged)).toEqual(new Map([bySameStep, bySameOpening]));

      set.together(() => {
        set.set('ann', own);
        set.set('bob', others);
      });
      await publishAll(path, set.reader, 3000, 1);
      const unmerged = (await published(path)).slice(3 + merged.length);
      expect(led(unmerged)).toEqual(new Map([[idOf('bob', 's5'), idOf('ann', 's5')]]));
    }));

  it('leads nowhere from a removed change to the like of a holder who is another one', () =>
    inFeed(async (path) => {
      const set = createChangeSet();
      set.set('ann', [change({ openedBy: 's1' })]);
      await publishAll(path, set.reader, 1000);
      set.together(() => {
        set.set('ann', []);
        set.set('bob', [change({ openedBy: 's2' })]);
      });
      await publishAll(path, set.reader, 2000);
      expect((await published(path))[1]).toMatchObject({ type: 'StanceChangeRemoved', replacedBy: null });
    }));

  it('publishes nothing where a rebuild gives the same, and takes back what it no longer has', () =>
    inFeed(async (path) => {
      const set = createChangeSet();
      set.set('ann', [change({})]);
      set.set('bob', [change({})]);
      await publishAll(path, set.reader, 1000);
      set.rebuilt();
      await publishAll(path, set.reader, 2000);
      expect(await published(path)).toHaveLength(2);
      set.rebuilt();
      set.drop('bob');
      await publishAll(path, set.reader, 3000);
      const entries = await published(path);
      expect(entries.slice(2)).toMatchObject([{ type: 'StanceChangeRemoved', holder: 'bob', replacedBy: null }]);
    }));

  it('revises what another version of the method says the same of', () =>
    inFeed(async (path) => {
      const set = createChangeSet();
      set.set('ann', [change({})]);
      await publishAll(path, set.reader, 1000);
      set.rebuilt();
      const newer: ChangeSetReader = {
        ...set.reader,
        touchedAfter: async (after, limit) => ({
          ...(await set.reader.touchedAfter(after, limit)),
          method: { name: 'default', version: 2 },
        }),
      };
      await publishAll(path, newer, 2000);
      const [, revised] = await published(path);
      expect(revised).toMatchObject({ type: 'StanceChangeRevised', method: { version: 2 }, revision: 1 });
    }));

  const holder = fc.constantFrom('ann', 'bob', 'cem');
  const changesArbitrary = fc.uniqueArray(
    fc.record({
      openedBy: fc.constantFrom('s1', 's2', 's3'),
      status: fc.constantFrom('provisional', 'confirmed', 'withdrawn'),
      kind: fc.constantFrom('first', 'reversal'),
      at: fc.integer({ min: 100, max: 102 }),
    }),
    { selector: ({ openedBy }) => openedBy, maxLength: 3 },
  );
  const stepArbitrary = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('set' as const), holder, changes: changesArbitrary }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('publish' as const), limit: fc.integer({ min: 1, max: 3 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('rebuild' as const), gone: fc.option(holder) }) },
  );

  it(
    'keeps a feed that, applied in order, gives the current set, whatever changes, restarts and rebuilds',
    { timeout: 600_000 },
    () =>
      fc.assert(
        fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 25 }), (steps) =>
          inFeed(async (path) => {
            const set = createChangeSet();
            let feed = openSqliteFeedStore({ path });
            let publisher = createPublisher({ changes: set.reader, feed });
            for (const step of steps) {
              if (step.kind === 'set') set.set(step.holder, step.changes.map(change));
              else if (step.kind === 'publish') await publisher.publishNext(step.limit);
              else if (step.kind === 'restart') {
                await feed.close();
                feed = openSqliteFeedStore({ path });
                publisher = createPublisher({ changes: set.reader, feed });
              } else {
                set.rebuilt();
                if (step.gone !== null) set.drop(step.gone);
              }
            }
            while ((await publisher.publishNext(2)).more);
            const entries = await entriesOf(feed);
            expect(entries.map(({ position }) => position)).toEqual(entries.map((_, index) => index + 1));
            expect(applied(entries)).toEqual(set.current());
            const records = await feed.changeRecords(entries);
            expect(new Set(records.keys())).toEqual(new Set(set.current().keys()));
            for (const [id, { revision, detectedAt }] of records) {
              const own = entries.filter(({ changeId: each }) => each === id);
              const since = own.slice(own.findLastIndex(({ type }) => type === 'StanceChangeDetected'));
              expect(revision).toBe(since.length - 1);
              expect(detectedAt).toBe(since[0]?.recordedAt);
            }
            await feed.close();
          }),
        ),
      ),
  );
});
