import { defaultMethod } from '@stance/domain';
import { createProjection } from '@stance/projection';
import type { ReadModelWriter } from '@stance/read-model';
import { ReadModelError } from '@stance/read-model';
import { openSqliteReadModelWriter } from '@stance/read-model/sqlite';
import { openSqliteReadModel } from '@stance/read-model/sqlite/reader';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import { naturalState } from './support/natural-state.ts';
import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import { logOf } from './support/redelivered-log.ts';
import { statement } from './support/statements.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;
const ann = { holder: 'ann', proposition: 'p1' };

const rowsOf = (path: string, sql: string): unknown[] => {
  const db = new Sqlite(path, { readonly: true });
  const rows = db.prepare(sql).raw().all();
  db.close();
  return rows;
};
const known = (path: string): unknown[] => rowsOf(path, 'SELECT id FROM statements WHERE known_to IS NULL ORDER BY id');
const parked = (path: string): unknown[] => rowsOf(path, 'SELECT position, stream, code FROM parked ORDER BY position');

describe('a replaced statement', () => {
  it('counts for nothing from the replacing one on, and goes on doing so when that is retracted', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.made('old', statement({}));
    await log.made('new', statement({ holder: 'bob', replaces: 'old' }));
    await log.retracted('new', { holder: 'bob', proposition: 'p1' });
    await log.corrected('old', statement({ direction: 'oppose' }));
    await project(log.store, path);
    expect(known(path)).toEqual([]);
    expect(rowsOf(path, 'SELECT id, revision, known_to, ended_by FROM statements ORDER BY position')).toEqual([
      ['old', 0, 2, 'replaced'],
      ['new', 0, 3, 'retracted'],
      ['old', 1, 4, 'replaced'],
    ]);
    expect(rowsOf(path, 'SELECT history FROM changes')).toEqual([]);
  });

  it('counts for nothing from its own position on where it comes later', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.made('new', statement({ holder: 'bob', replaces: 'old' }));
    await log.made('old', statement({}));
    await project(log.store, path, [1]);
    expect(known(path)).toEqual([['new']]);
    expect(rowsOf(path, "SELECT known_to FROM statements WHERE id = 'old'")).toEqual([[2]]);
  });
});

describe('an event that nobody can handle', () => {
  it('is parked with the later events of its stream only, and its history says so', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.appendRaw('statement-a', { type: 'StatementCorrected', schemaVersion: 99, data: JSON.stringify(ann) });
    await log.retracted('a', ann);
    await log.made('b', statement({ saidAt: '2024-02-01' }));
    await log.appendRaw('statement-c', { type: 'StatementMade', schemaVersion: 1, data: '{"statementId":"c"' });
    await log.appendRaw('weather-x', { type: 'RainFell', schemaVersion: 1, data: '{}' });
    await log.made('d', statement({ saidAt: '2024-13-45' }));
    await project(log.store, path);
    expect(parked(path)).toEqual([
      [2, 'statement-a', 'unknown-event-version'],
      [3, 'statement-a', 'stream-parked'],
      [5, 'statement-c', 'invalid-event-data'],
      [6, 'weather-x', 'unknown-event-type'],
      [7, 'statement-d', expect.any(String)],
    ]);
    expect(known(path)).toEqual([['a'], ['b']]);
    const [[history]] = rowsOf(path, 'SELECT history FROM histories') as [[number]];
    expect(rowsOf(path, 'SELECT position FROM parked WHERE history = ' + String(history))).toEqual([[2], [3], [7]]);
  });

  it('marks the history of which nothing else is known, and that of the statement it would have replaced', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    const lost = { holder: 'cem', proposition: 'p9', statement: { replaces: 'a' } };
    await log.appendRaw('statement-x', { type: 'StatementMade', schemaVersion: 99, data: JSON.stringify(lost) });
    await log.made('a', statement({}));
    const path = folder.path('read-model.db');
    await project(log.store, path, [1]);
    expect(rowsOf(path, 'SELECT no, first_position, last_position FROM histories ORDER BY no')).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ]);
    const model = openSqliteReadModel({ path });
    const incomplete = await model.read((snapshot) =>
      snapshot.incompleteHistories(
        (rowsOf(path, 'SELECT history FROM histories') as [number][]).map(([history]) => history),
        2,
      ),
    );
    await model.close();
    expect(incomplete.size).toBe(2);
  });

  it('stays parked when the projection is opened anew', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.appendRaw('statement-a', { type: 'StatementMade', schemaVersion: 99, data: JSON.stringify(ann) });
    await project(log.store, path);
    await log.made('a', statement({}));
    await project(log.store, path);
    expect(parked(path)).toEqual([
      [1, 'statement-a', 'unknown-event-version'],
      [2, 'statement-a', 'stream-parked'],
    ]);
  });

  it('can be a gap in a stream, which is never skipped', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await log.corrected('a', statement({ direction: 'oppose' }));
    await log.retracted('a', ann);
    await log.made('b', statement({ saidAt: '2024-02-01' }));
    const { events } = await log.store.readAll({ after: 0, limit: 10 });
    await project(logOf(events.filter(({ revision }) => revision !== 1)), path);
    expect(parked(path)).toEqual([[2, 'statement-a', 'revision-gap']]);
    expect(known(path)).toEqual([['a'], ['b']]);
  });

  it('can say something about another stream than its own', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.append('statement-a', 'StatementMade', { statementId: 'b', statement: statement({}) });
    await project(log.store, path);
    expect(parked(path)).toEqual([[1, 'statement-a', 'stream-mismatch']]);
  });
});

describe('a statement stamped before the day on which it says it was said', () => {
  it('is applied as it was accepted: the clock was set back in between', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await log.made('a', statement({ saidAt: tomorrow }));
    await project(log.store, path);
    expect(parked(path)).toEqual([]);
    expect(known(path)).toEqual([['a']]);
  });
});

describe('an alias that is added and named in a revision', () => {
  it('is one name, whichever comes first, and stays when a later revision leaves it out', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    const add = async (name: string) => log.append('actor-ann', 'ActorAliasAdded', { actorId: 'ann', alias: { name } });
    const revise = async (...names: readonly string[]) => {
      const aliases = names.map((name) => ({ name }));
      await log.append('actor-ann', 'ActorRevised', { actorId: 'ann', name: 'Ann', aliases });
    };
    const names = async () => {
      await project(log.store, path);
      return rowsOf(path, 'SELECT name FROM actor_names WHERE known_to IS NULL ORDER BY position, at').flat();
    };
    await log.append('actor-ann', 'ActorRegistered', { actorId: 'ann', name: 'Ann', inPassing: false });
    await add('Z');
    await revise('Z', 'Y', 'Y');
    expect(await names()).toEqual(['Ann', 'Z', 'Y']);
    await add('Y');
    expect(await names()).toEqual(['Ann', 'Z', 'Y']);
    await revise();
    expect(await names()).toEqual(['Ann', 'Z', 'Y']);
    await log.append('actor-ann', 'ActorAliasAdded', { actorId: 'ann', alias: { name: 'Z', from: '2020' } });
    expect(await names()).toEqual(['Ann', 'Z', 'Y', 'Z']);
  });
});

/** The calls that a batch makes, in turn. */
const calls = [
  'actors',
  'propositions',
  'statements',
  'replaced',
  'memberships',
  'topics',
  'histories',
  'knownVersions',
  'changes',
  'commit',
] as const;

describe('a batch that fails', () => {
  it.each(calls)('in %s leaves rows and checkpoint as they were, and goes through when tried again', async (name) => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.made('a', statement({}));
    await project(log.store, path);
    await log.made('b', statement({ direction: 'oppose', saidAt: '2024-02-01' }));
    await log.corrected('a', statement({ direction: 'neutral' }));
    await log.made('c', statement({ holder: 'cem', proposition: 'p9' }));
    await log.registry('MembershipRecorded', { actorId: 'ann', group: 'cem' });
    await log.registry('TopicDefined', { topicId: 'war', name: 'War' });
    const before = naturalState(path);
    const writer = openSqliteReadModelWriter({ path, method });
    let failures = 1;
    const failing: ReadModelWriter = {
      ...writer,
      [name]: (...args: unknown[]) => {
        failures -= 1;
        if (failures >= 0)
          return Promise.reject(new ReadModelError('read-model-full', 'no space', { retryable: true }));
        const result: unknown = Reflect.apply(writer[name], writer, args);
        return result;
      },
    };
    const projection = await createProjection({ source: log.store, writer: failing, method });
    await expect(projection.applyNext(10)).rejects.toMatchObject({ code: 'read-model-full' });
    expect(naturalState(path)).toEqual(before);
    expect(projection.position()).toBe(1);
    await projection.applyNext(10);
    await writer.close();
    await project(log.store, folder.path('untroubled.db'));
    expect(naturalState(path)).toEqual(naturalState(folder.path('untroubled.db')));
  });

  it('to look up what was taken back is no failure of the history', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.made('a', statement({}));
    const takesBack = { act: 'disown', direction: undefined, disowns: { statementId: 'a' } } as const;
    await log.made('b', statement(takesBack));
    const writer = openSqliteReadModelWriter({ path, method });
    const away = new ReadModelError('read-model-unavailable', 'it is away', { retryable: true });
    let isAway = true;
    const projection = await createProjection({
      source: log.store,
      writer: { ...writer, disownings: (actors) => (isAway ? Promise.reject(away) : writer.disownings(actors)) },
      method,
    });
    await expect(projection.applyNext(10)).rejects.toBe(away);
    isAway = false;
    await projection.applyNext(10);
    await writer.close();
    expect(rowsOf(path, 'SELECT failure FROM histories')).toEqual([[null]]);
  });

  it('because somebody else has moved the checkpoint writes nothing', async () => {
    using folder = temporaryFolder();
    const path = folder.path('read-model.db');
    const log = createRecordedLog();
    await log.made('a', statement({}));
    const writer = openSqliteReadModelWriter({ path, method });
    const projection = await createProjection({ source: log.store, writer, method });
    await project(log.store, path);
    const before = naturalState(path);
    await log.made('b', statement({ saidAt: '2024-02-01' }));
    await expect(projection.applyNext(10)).rejects.toMatchObject({ code: 'checkpoint-conflict', retryable: false });
    expect(naturalState(path)).toEqual(before);
    await writer.close();
  });
});

describe('waiting for a position', () => {
  it('ends when it is passed, when time is over, or when the signal says so', async () => {
    using folder = temporaryFolder();
    const log = createRecordedLog();
    const writer = openSqliteReadModelWriter({ path: folder.path('read-model.db'), method });
    const projection = await createProjection({ source: log.store, writer, method });
    await projection.whenPassed(0);
    const passed = projection.whenPassed(1);
    await expect(projection.whenPassed(2, { timeout: 1 })).rejects.toMatchObject({
      code: 'not-caught-up',
      retryable: true,
    });
    const abort = new AbortController();
    const given = projection.whenPassed(2, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    await log.made('a', statement({}));
    await projection.applyNext(1);
    await passed;
    await writer.close();
  });
});
