import { encodeEvent } from '@stance/contracts';
import { defaultMethod } from '@stance/domain';
import { createPublisher } from '@stance/feed';
import { openSqliteFeedStore } from '@stance/feed/sqlite';
import { createProjection, rebuild } from '@stance/projection';
import type { ProjectedLog } from '@stance/projection';
import { historyKey, ReadModelError } from '@stance/read-model';
import type { ReadModelWriter } from '@stance/read-model';
import { openSqliteChangeSetReader, openSqliteReadModelWriter, openSqliteTableRows } from '@stance/read-model/sqlite';
import { openSqliteReadModel } from '@stance/read-model/sqlite/reader';
import { describe, expect, it, onTestFinished } from 'vitest';

import { verifyFeed } from '../src/verify-feed.ts';
import { currentChanges } from '../src/current-changes.ts';
import { versionSpans } from '../src/parked/settle-versions.ts';
import { historyBeginnings } from '../src/parked/history-beginnings.ts';
import { differences } from './support/differences.ts';
import { faultyLog } from './support/faulty-log.ts';
import type { Fault } from './support/faulty-log.ts';
import { naturalState } from './support/natural-state.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import type { RecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;
const ann = { holder: 'ann', proposition: 'p1' };

/** A projection of a log of which the events at some positions cannot be read until `mend`, as far as the log goes. */
const withFaults = async (log: RecordedLog, path: string, positions: readonly number[]) => {
  const { events } = await log.store.readAll({ after: 0, limit: 1000 });
  const faults = new Map(
    events.flatMap(({ id, position }): [string, Fault][] =>
      positions.includes(position) ? [[id, 'newer-version']] : [],
    ),
  );
  const source: ProjectedLog = faultyLog(log.store, faults);
  const writer = openSqliteReadModelWriter({ path, method });
  onTestFinished(() => writer.close());
  const projection = await createProjection({ source, writer, method });
  while ((await projection.applyNext(100)).more);
  return { source, writer, projection, mend: () => faults.clear() };
};

describe('the known-intervals of versions', () => {
  it.each([
    ['one that stands', [3], null, null, [[null, null]]],
    [
      'corrected, then retracted',
      [3, 5],
      9,
      null,
      [
        [5, 'corrected'],
        [9, 'retracted'],
      ],
    ],
    [
      'replaced before it was made',
      [3, 5],
      null,
      1,
      [
        [3, 'replaced'],
        [5, 'replaced'],
      ],
    ],
    [
      'replaced between two versions',
      [3, 7],
      9,
      5,
      [
        [5, 'replaced'],
        [7, 'replaced'],
      ],
    ],
    ['replaced after it was retracted', [3], 5, 8, [[5, 'retracted']]],
  ] as const)('follow from the positions: %s', (_, positions, retractedAt, replacedAt, expected) => {
    const spans = versionSpans(positions, { retractedAt, replacedAt });
    expect(spans.map(({ knownTo, endedBy }) => [knownTo, endedBy])).toEqual(expected);
  });
});

describe('the beginning of a history', () => {
  const [one, other] = [historyKey(1, 1), historyKey(2, 1)];
  const merged = { position: 5, actor: 1, into: 2, knownTo: null };

  it('of a survivor is the merge, where something was said before it, else the first thing said after it', () => {
    expect(historyBeginnings(new Map([[one, 3]]), [merged])).toEqual(
      new Map([
        [one, 3],
        [other, 5],
      ]),
    );
    expect(historyBeginnings(new Map([[one, 7]]), [merged])).toEqual(
      new Map([
        [one, 7],
        [other, 7],
      ]),
    );
  });

  it('does not come from a merge that ended before anything was said', () => {
    expect(historyBeginnings(new Map([[one, 7]]), [{ ...merged, knownTo: 6 }])).toEqual(new Map([[one, 7]]));
  });
});

describe('a retry', () => {
  it('sets the known-intervals by positions in the log, of what is replaced too', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.made('b', statement({ holder: 'bob', replaces: 'a' }));
    await log.corrected('a', statement({ direction: 'oppose' }));
    await log.retracted('a', ann);
    const path = folder.path('live.db');
    const { projection, mend } = await withFaults(log, path, [2]);
    mend();
    expect(await projection.retry('statement-b')).toEqual({ applied: 1, parked: 0 });
    expect(projection.parkedStreams()).toBe(0);
    await project(log.store, folder.path('clean.db'));
    expect(await differences(path, folder.path('clean.db'))).toEqual([]);
  });

  it('takes away the history of a survivor that an unmerge, parked until then, would have kept from coming about', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.registry('ActorMerged', { actorId: 'ann', into: 'bob' });
    await log.registry('ActorUnmerged', { actorId: 'ann' });
    await log.made('a', statement({}));
    const path = folder.path('live.db');
    const { projection, mend } = await withFaults(log, path, [2]);
    expect(naturalState(path).changes).toEqual([['bob', 'p1', expect.any(String)]]);
    mend();
    await projection.retry('registry');
    expect(naturalState(path).changes).toEqual([['ann', 'p1', expect.any(String)]]);
    await log.made('c', statement({ holder: 'bob', direction: 'oppose', saidAt: '2024-02-01' }));
    await projection.applyNext(10);
    await project(log.store, folder.path('clean.db'));
    expect(await differences(path, folder.path('clean.db'))).toEqual([]);
  });

  it('of what still cannot be handled changes nothing but the reason, and one of what is not parked nothing', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.retracted('a', ann);
    const path = folder.path('live.db');
    const { projection, writer } = await withFaults(log, path, [1]);
    const before = await writer.checkpoint();
    expect(await projection.retry('statement-a')).toEqual({ applied: 0, parked: 2 });
    expect(await projection.retry('statement-b')).toBeNull();
    expect(await writer.checkpoint()).toEqual(before);
    expect(projection.parkedStreams()).toBe(1);
  });

  it('that fails writes nothing, and goes through when it is asked for again', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.made('b', statement({ direction: 'oppose', saidAt: '2024-02-01' }));
    const path = folder.path('live.db');
    const { source, writer, mend } = await withFaults(log, path, [1]);
    mend();
    for (const name of [
      'parkedEvents',
      'statementSpans',
      'mergeSpans',
      'beginnings',
      'knownVersions',
      'commit',
    ] as const) {
      const away = new ReadModelError('read-model-unavailable', 'it is away', { retryable: true });
      let isAway = true;
      const frail: ReadModelWriter = {
        ...writer,
        [name]: (...given: unknown[]): unknown =>
          isAway ? Promise.reject(away) : Reflect.apply(writer[name], writer, given),
      };
      const projection = await createProjection({ source, writer: frail, method });
      await expect(projection.retry('statement-a'), name).rejects.toBe(away);
      expect(await writer.parkedStreams()).toEqual(['statement-a']);
      if (name !== 'commit') continue;
      isAway = false;
      expect(await projection.retry('statement-a')).toEqual({ applied: 1, parked: 0 });
    }
    await project(log.store, folder.path('clean.db'));
    expect(await differences(path, folder.path('clean.db'))).toEqual([]);
  });

  it('is found out by another projection, which would go on with what was so before', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    const path = folder.path('live.db');
    const { projection, source, mend } = await withFaults(log, path, [1]);
    const theirs = openSqliteReadModelWriter({ path, method });
    onTestFinished(() => theirs.close());
    const other = await createProjection({ source, writer: theirs, method });
    mend();
    await projection.retry('statement-a');
    await log.corrected('a', statement({ direction: 'oppose' }));
    await expect(other.applyNext(10)).rejects.toMatchObject({ code: 'checkpoint-conflict' });
    await other.applyNext(10);
    await project(log.store, folder.path('clean.db'));
    expect(await differences(path, folder.path('clean.db'))).toEqual([]);
  });

  it('lets the feed say exactly what differs', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.made('b', statement({ saidAt: '2024-02-01' }));
    await log.made('c', statement({ holder: 'cem' }));
    const path = folder.path('live.db');
    const { projection, mend } = await withFaults(log, path, [2]);
    const changes = openSqliteChangeSetReader({ path });
    const feed = openSqliteFeedStore({ path: folder.path('feed.db') });
    const publisher = createPublisher({ changes, feed });
    while ((await publisher.publishNext(10)).more);
    const head = await feed.head();
    mend();
    await projection.retry('statement-b');
    while ((await publisher.publishNext(10)).more);
    const entries = await feed.readFeed({ after: head, limit: 100 });
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map(({ holder }) => holder))).toEqual(new Set(['ann']));
    const rows = openSqliteTableRows({ path });
    expect(await verifyFeed(feed, await feed.head(), currentChanges(rows))).toMatchObject({ equal: true });
    await Promise.all([rows.close(), changes.close(), feed.close()]);
  });
});

describe('a skip', () => {
  const skip = (log: RecordedLog, stream: string, revision: number, eventId: string, wholeStream = false) =>
    log.appendRaw(
      'registry',
      encodeEvent('EventSkipped', {
        stream,
        revision,
        eventId,
        ...(wholeStream ? { wholeStream: true as const } : {}),
        reason: 'broken',
      }),
    );

  const knownStatements = async (path: string): Promise<unknown> => {
    const model = openSqliteReadModel({ path });
    const found = await model.read((snapshot) => snapshot.knownStatements(['a', 'b'], 1000));
    await model.close();
    return found.map(({ id, revision }) => [id, revision]);
  };

  it('lets the rest of the stream count', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.corrected('a', statement({ direction: 'oppose' }));
    await log.corrected('a', statement({ direction: 'neutral' }));
    const path = folder.path('live.db');
    const { projection, writer } = await withFaults(log, path, [2]);
    const [first] = await writer.parkedEvents('statement-a');
    await skip(log, 'statement-a', 1, first?.eventId ?? '');
    await projection.applyNext(10);
    expect(await knownStatements(path)).toEqual([['a', 2]]);
    expect(projection.parkedStreams()).toBe(0);
  });

  it('of the registry itself takes effect although the registry is parked', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.registry('ActorMerged', { actorId: 'ann', into: 'cem' });
    await log.registry('ActorMerged', { actorId: 'ann', into: 'bob' });
    const path = folder.path('live.db');
    const { projection, writer } = await withFaults(log, path, [2]);
    const [first] = await writer.parkedEvents('registry');
    await skip(log, 'registry', 0, first?.eventId ?? '');
    await log.registry('TopicDefined', { topicId: 'war', name: 'War' });
    await projection.applyNext(10);
    expect(projection.parkedStreams()).toBe(0);
    expect(naturalState(path).changes).toEqual([['bob', 'p1', expect.any(String)]]);
    expect(await writer.topics(['war'])).toEqual(new Map([['war', 5]]));
  });

  it('of a whole stream holds for what comes to it later', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    const path = folder.path('live.db');
    const { projection, writer } = await withFaults(log, path, [1]);
    const [first] = await writer.parkedEvents('statement-a');
    await skip(log, 'statement-a', 0, first?.eventId ?? '', true);
    await log.corrected('a', statement({ direction: 'oppose' }));
    await projection.applyNext(10);
    expect(projection.parkedStreams()).toBe(0);
    expect(await knownStatements(path)).toEqual([]);
  });

  it('of what is not parked, or of another event, does nothing', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.made('b', statement({ saidAt: '2024-02-01' }));
    const path = folder.path('live.db');
    const { projection } = await withFaults(log, path, [2]);
    await skip(log, 'statement-b', 0, 'another-event', true);
    await skip(log, 'statement-a', 0, 'another-event', true);
    await projection.applyNext(10);
    expect(projection.parkedStreams()).toBe(1);
    expect(await knownStatements(path)).toEqual([['a', 0]]);
  });
});

describe('a rebuild that is to stop at poison', () => {
  const poisoned = async (): Promise<RecordedLog> => {
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.appendRaw('statement-b', { type: 'StatementMade', schemaVersion: 9, data: '{}' });
    await log.made('c', statement({ saidAt: '2024-02-01' }));
    return log;
  };

  it('says which event it is, and leaves the old read model as it was', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = await poisoned();
    const before = createRecordedLog();
    await before.made('old', statement({}));
    await project(before.store, path);
    const old = naturalState(path);
    const stopped = rebuild({ source: log.store, path, method, stopsAtPoisonBut: new Set() });
    await expect(stopped).rejects.toMatchObject({
      code: 'poison-event',
      message: expect.stringMatching(/revision 0 of statement-b .*position 2.*unknown-event-version/) as string,
    });
    expect(naturalState(path)).toEqual(old);
  });

  it('does not stop at what was parked before, nor at what is skipped later', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = await poisoned();
    const known = new Set(['statement-b']);
    expect(await rebuild({ source: log.store, path, method, stopsAtPoisonBut: known })).toMatchObject({ parked: 1 });
    const [, second] = (await log.store.readAll({ after: 0, limit: 10 })).events;
    await skip(log, second?.id ?? '');
    await rebuild({ source: log.store, path, method, stopsAtPoisonBut: new Set() });
    const writer = openSqliteReadModelWriter({ path, method });
    expect(await writer.parkedStreams()).toEqual([]);
    await writer.close();
  });

  const skip = (log: RecordedLog, eventId: string) =>
    log.appendRaw(
      'registry',
      encodeEvent('EventSkipped', { stream: 'statement-b', revision: 0, eventId, wholeStream: true, reason: 'broken' }),
    );
});
