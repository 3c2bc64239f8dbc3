import { unnested } from '@stance/postgres';
import type { Connection } from '@stance/postgres';
import type { MergeEdge } from '@stance/domain';

import type { ChangeSetPage, ChangeSetReader } from '../change-set.ts';
import { changeSetPage, changeSetQueries, cutAt } from '../change-set-queries.ts';
import type { TouchedHistory } from '../change-set-queries.ts';
import { historyKey } from '../tables.ts';
import type { Checkpoint } from '../writer.ts';
import { readCheckpoint } from './checkpoint.ts';
import { createLayoutCheck } from './layout-check.ts';
import { locate } from './options.ts';
import type { PostgresReadModelOptions } from './options.ts';
import { answered } from './postgres-errors.ts';

const queries = changeSetQueries((index) => `$${String(index)}`);
const names = unnested([
  { name: 'holder', type: 'text' },
  { name: 'proposition', type: 'text' },
]);

const pageOf = async (
  connection: Connection,
  checkpoint: Checkpoint,
  after: number,
  limit: number,
): Promise<ChangeSetPage> => {
  const all = async <Row>(text: string, ...values: readonly unknown[]): Promise<readonly Row[]> =>
    (await connection.query<Row>(text, values)).rows;
  const found = await all<TouchedHistory>(queries.touchedAfter, after, limit);
  const at = cutAt(found, limit);
  const cut = at === null ? null : { at, all: await all<TouchedHistory>(queries.touchedAt, at) };
  const merges = found.length === 0 ? [] : await all<MergeEdge<string>>(queries.merges);
  const bodies = new Map<number, string[]>();
  for (const { history } of [...found, ...(cut?.all ?? [])]) bodies.set(history, []);
  const changes = await all<{ history: number; body: string }>(
    'SELECT history, body FROM changes WHERE history = ANY($1) ORDER BY history, track, opened',
    [...bodies.keys()],
  );
  for (const { history, body } of changes) bodies.get(history)?.push(body);
  return changeSetPage({
    checkpoint,
    after,
    found,
    cut,
    merges,
    changesOf: (history) => bodies.get(history) ?? [],
  });
};

/**
 * Opens the current set of changes of a read model in a schema of PostgreSQL.
 *
 * @throws ReadModelError as `openPostgresReadModel` does.
 */
export const openPostgresChangeSetReader = async (options: PostgresReadModelOptions): Promise<ChangeSetReader> => {
  const { connections, schema } = locate({ connections: 2, ...options });
  const checked = createLayoutCheck(schema);

  const look = <Result>(work: (connection: Connection, checkpoint: Checkpoint) => Promise<Result>): Promise<Result> =>
    answered(schema, () =>
      connections.inTransaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async (connection) => {
        const checkpoint = await checked(connection, () => readCheckpoint(connection));
        return work(connection, checkpoint);
      }),
    );

  try {
    await look(() => Promise.resolve());
  } catch (error) {
    await connections.close();
    throw error;
  }
  return {
    touchedAfter: (after, limit) => look((connection, checkpoint) => pageOf(connection, checkpoint, after, limit)),
    existing: (histories) =>
      look(async (connection) => {
        const { rows } = await connection.query<{ holder: string; proposition: string }>(
          `SELECT given.holder, given.proposition FROM ${names.from('given')}
           JOIN actors a ON a.id = given.holder JOIN propositions p ON p.id = given.proposition
           JOIN histories h ON h.history = a.no * ${String(historyKey(1, 0))} + p.no`,
          names.values(histories.map(({ holder, proposition }) => [holder, proposition])),
        );
        const present = new Set(rows.map(({ holder, proposition }) => JSON.stringify([holder, proposition])));
        return new Set(
          histories.filter(({ holder, proposition }) => present.has(JSON.stringify([holder, proposition]))),
        );
      }),
    close: () => connections.close(),
  };
};
