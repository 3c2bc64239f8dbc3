import { defaultMethod } from '@stance/domain';
import { rebuild, verify } from '@stance/projection';
import { holderOf } from '@stance/read-model';
import { openSqliteReadModel } from '@stance/read-model/sqlite/reader';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import { project } from './support/project.ts';
import { createRecordedLog } from './support/recorded-log.ts';
import type { RecordedLog } from './support/recorded-log.ts';
import { statement } from './support/statements.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const method = defaultMethod;

const rowsOf = (path: string, sql: string): unknown[] => {
  const db = new Sqlite(path, { readonly: true });
  const rows = db.prepare(sql).raw().all();
  db.close();
  return rows;
};
const parked = (path: string): unknown[] => rowsOf(path, 'SELECT position, stream, code FROM parked ORDER BY position');

/** Whose histories say by now that they are incomplete. */
const incompleteHolders = async (path: string): Promise<string[]> => {
  const histories = (rowsOf(path, 'SELECT history FROM histories') as [number][]).map(([history]) => history);
  const model = openSqliteReadModel({ path });
  const incomplete = await model.read((snapshot) => snapshot.incompleteHistories(histories, 1000));
  await model.close();
  const ids = new Map(rowsOf(path, 'SELECT no, id FROM actors') as [number, string][]);
  return [...new Set([...incomplete].map((history) => ids.get(holderOf(history)) ?? ''))].sort();
};

interface Kind {
  readonly kind: string;
  readonly stream: string;
  /** The type of which there is a newer version. */
  readonly type: string;
  /** What it holds, as far as anybody can tell. */
  readonly data: object;
  /** Writes an event that can be read, as the first of the stream or after others. */
  readonly write: (log: RecordedLog, isFirst: boolean) => Promise<void>;
  /** What the read model knows of what the stream says. */
  readonly known: string;
  /** Whose histories the newer event touches. */
  readonly touched: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    kind: 'statement',
    stream: 'statement-x',
    type: 'StatementCorrected',
    data: { holder: 'ann', proposition: 'p1' },
    write: (log, isFirst) => (isFirst ? log.made('x', statement({})) : log.corrected('x', statement({ strength: 1 }))),
    known: "SELECT COUNT(*) FROM statements WHERE id = 'x'",
    touched: ['ann'],
  },
  {
    kind: 'actor',
    stream: 'actor-x',
    type: 'ActorRevised',
    data: { actorId: 'x' },
    write: (log, isFirst) =>
      isFirst
        ? log.append('actor-x', 'ActorRegistered', { actorId: 'x', name: 'X', inPassing: false })
        : log.append('actor-x', 'ActorRevised', { actorId: 'x', name: 'X' }),
    known: 'SELECT COUNT(*) FROM actor_versions',
    touched: [],
  },
  {
    kind: 'proposition',
    stream: 'proposition-x',
    type: 'PropositionRevised',
    data: { propositionId: 'x' },
    write: (log, isFirst) =>
      isFirst
        ? log.append('proposition-x', 'PropositionDefined', { propositionId: 'x', text: 'X', inPassing: false })
        : log.append('proposition-x', 'PropositionRevised', { propositionId: 'x', text: 'X' }),
    known: 'SELECT COUNT(*) FROM proposition_versions',
    touched: [],
  },
  {
    kind: 'registry',
    stream: 'registry',
    type: 'ActorMerged',
    data: { actorId: 'ann', into: 'bob', because: ['new'] },
    write: (log) => log.registry('TopicDefined', { topicId: 't', name: 'T' }),
    known: 'SELECT COUNT(*) FROM topics',
    touched: ['ann', 'bob'],
  },
];

const cases = kinds.flatMap((kind) =>
  (['newer version', 'unknown type'] as const).flatMap((what) =>
    [0, 2].map((before) => ({ ...kind, what, where: before === 0 ? 'at its start' : 'in its middle', before })),
  ),
);

describe('an event of the future', () => {
  it.each(cases)(
    'in a $kind stream, $what, $where, parks that stream from there on, and nothing else',
    async ({ stream, type, data, write, known, touched, what, before }) => {
      using folder = temporaryFolder();
      const path = folder.path('read-model.db');
      const log = createRecordedLog();
      await log.made('a', statement({}));
      await log.made('b', statement({ holder: 'bob' }));
      await log.made('c', statement({ holder: 'cem' }));
      for (let no = 0; no < before; no += 1) await write(log, no === 0);
      const first = 4 + before;
      const future =
        what === 'newer version' ? { type, schemaVersion: 99 } : { type: 'StarsAligned', schemaVersion: 1 };
      await log.appendRaw(stream, { ...future, data: JSON.stringify(data) });
      await write(log, false);
      await log.made('d', statement({ saidAt: '2024-02-01' }));

      await project(log.store, path, [2]);
      const code = what === 'newer version' ? 'unknown-event-version' : 'unknown-event-type';
      expect(parked(path)).toEqual([
        [first, stream, code],
        [first + 1, stream, 'stream-parked'],
      ]);
      expect(rowsOf(path, known)).toEqual([[before]]);
      expect(rowsOf(path, "SELECT COUNT(*) FROM statements WHERE id IN ('a', 'b', 'c', 'd')")).toEqual([[4]]);
      expect(rowsOf(path, 'SELECT position FROM checkpoint')).toEqual([[first + 2]]);
      expect(await incompleteHolders(path)).toEqual(touched);

      expect(await verify({ source: log.store, readModelPath: path, method })).toMatchObject({ equal: true });
      expect(await rebuild({ source: log.store, path, method })).toEqual({
        position: first + 2,
        events: first + 2,
        parked: 2,
      });
      expect(parked(path)).toHaveLength(2);
    },
  );

  it.each([
    ['a merge that comes after it', 'ActorMerged', { actorId: 'ann', into: 'bob' }, ['ann', 'bob']],
    ['an unmerge that comes after it', 'ActorUnmerged', { actorId: 'cem' }, ['cem']],
    ['a membership that comes after it', 'MembershipRecorded', { actorId: 'ann', group: 'bob' }, []],
  ] as const)(
    'in the registry holds back %s, and says so of whom that concerns',
    async (_what, type, data, touched) => {
      using folder = temporaryFolder();
      const path = folder.path('read-model.db');
      const log = createRecordedLog();
      for (const holder of ['ann', 'bob', 'cem']) await log.made(holder, statement({ holder }));
      await log.appendRaw('registry', { type: 'TopicDefined', schemaVersion: 99, data: '{"topicId":"t"}' });
      await log.registry(type, data);
      await project(log.store, path);
      expect(await incompleteHolders(path)).toEqual(touched);
      expect(rowsOf(path, 'SELECT COUNT(*) FROM merges')).toEqual([[0]]);
    },
  );

  it.each(['', '[', 'null', '[]', '{"actorId":7,"into":{"a":"b"}}', '{"actorId":""}'])(
    'in the registry that holds %j concerns nobody who can be named',
    async (data) => {
      using folder = temporaryFolder();
      const path = folder.path('read-model.db');
      const log = createRecordedLog();
      await log.made('a', statement({}));
      await log.appendRaw('registry', { type: 'ActorMerged', schemaVersion: 99, data });
      await project(log.store, path);
      expect(parked(path)).toHaveLength(1);
      expect(await incompleteHolders(path)).toEqual([]);
    },
  );
});
