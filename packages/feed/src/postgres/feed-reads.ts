import { unnested } from '@stance/postgres';
import type { Connection, Connections } from '@stance/postgres';

import type { PublishedChange } from '../feed-entry.ts';
import { changeColumns, entryOf, pageQueries, publishedOf } from '../feed-queries.ts';
import type { EntryRow, PublishedRow } from '../feed-queries.ts';
import type { FeedReader, HistoryName } from '../feed-store.ts';
import { answered } from './postgres-errors.ts';

const pages = pageQueries((index) => `$${String(index)}`);
const histories = unnested([
  { name: 'holder', type: 'text' },
  { name: 'proposition', type: 'text' },
  { name: 'at', type: 'integer' },
]);
const changes = unnested([
  { name: 'holder', type: 'text' },
  { name: 'proposition', type: 'text' },
  { name: 'change_id', type: 'text' },
]);

/** The published set of each history, in the order asked for. */
export const publishedIn = async (
  connection: Connection,
  asked: readonly HistoryName[],
): Promise<(readonly PublishedChange[])[]> => {
  const { rows } = await connection.query<PublishedRow & { at: number }>(
    `SELECT ${changeColumns}, s.entry, given.at FROM ${histories.from('given')}
     JOIN published s ON s.holder = given.holder AND s.proposition = given.proposition
     JOIN entries e ON e.position = s.entry ORDER BY given.at, s.change_id`,
    histories.values(asked.map(({ holder, proposition }, at) => [holder, proposition, at])),
  );
  const found = asked.map((): PublishedChange[] => []);
  for (const { at, ...row } of rows) found[at]?.push(publishedOf(row));
  return found;
};

export const publishedHistoriesIn = async (
  connection: Connection,
  after: HistoryName | null,
  limit: number,
): Promise<HistoryName[]> => {
  const { rows } = await connection.query<HistoryName>(pages.histories, [
    after?.holder ?? '',
    after?.proposition ?? '',
    limit,
  ]);
  return [...rows];
};

/** What readers need, each call a query of its own; `close` is the caller's. */
export const createFeedReads = (connections: Connections, schema: string): Omit<FeedReader, 'close'> => {
  const all = <Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    answered(schema, () => connections.use(async (connection) => (await connection.query<Row>(text, values)).rows));

  return {
    async epoch() {
      const rows = await all<{ epoch: string }>('SELECT epoch FROM feed');
      return rows[0]?.epoch ?? '';
    },
    async head() {
      const rows = await all<{ head: number }>('SELECT head FROM feed');
      return rows[0]?.head ?? 0;
    },
    async readFeed({ after, limit }) {
      return (await all<EntryRow>(pages.entries, [after, limit])).map(entryOf);
    },
    async readCurrent({ after, upTo }) {
      return (await all<PublishedRow>(pages.current, [after, upTo])).map(publishedOf);
    },
    async changeRecords(asked) {
      const rows = await all<{ id: string; revision: number; detectedAt: number }>(
        `SELECT s.change_id AS id, e.revision, e.detected_at AS "detectedAt" FROM ${changes.from('given')}
         JOIN published s ON s.holder = given.holder AND s.proposition = given.proposition
           AND s.change_id = given.change_id
         JOIN entries e ON e.position = s.entry`,
        changes.values(asked.map(({ holder, proposition, changeId }) => [holder, proposition, changeId])),
      );
      return new Map(rows.map(({ id, revision, detectedAt }) => [id, { revision, detectedAt }]));
    },
  };
};
