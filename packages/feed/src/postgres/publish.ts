import { unnested } from '@stance/postgres';
import type { Connection, TypedColumn, Value } from '@stance/postgres';

import { FeedError } from '../errors.ts';
import type { FeedCursor, Publication } from '../feed-store.ts';

const integer = (name: string): TypedColumn => ({ name, type: 'integer' });
const text = (name: string): TypedColumn => ({ name, type: 'text' });

const entryColumns = [
  integer('position'),
  text('type'),
  text('change_id'),
  text('holder'),
  text('proposition'),
  integer('revision'),
  integer('detected_at'),
  integer('recorded_at'),
  integer('previous'),
  text('replaced_by'),
  text('method'),
  integer('method_version'),
  text('body'),
];
const keyColumns = [text('holder'), text('proposition'), text('change_id')];
const entryRows = unnested(entryColumns);
const keyRows = unnested(keyColumns);
const publishedRows = unnested([...keyColumns, integer('entry')]);

const insertEntries = `INSERT INTO entries (${entryColumns.map(({ name }) => name).join(', ')})
  SELECT * FROM ${entryRows.from('given')}`;
const dropPublished = `DELETE FROM published p USING ${keyRows.from('given')}
  WHERE p.holder = given.holder AND p.proposition = given.proposition AND p.change_id = given.change_id`;
const putPublished = `INSERT INTO published (holder, proposition, change_id, entry)
  SELECT * FROM ${publishedRows.from('given')}
  ON CONFLICT (holder, proposition, change_id) DO UPDATE SET entry = excluded.entry`;
const putCursor = `INSERT INTO cursors (generation, position, swept) VALUES ($1, $2, $3)
  ON CONFLICT (generation) DO UPDATE SET position = excluded.position, swept = excluded.swept`;

export const cursorOf = async (connection: Connection, generation: string): Promise<FeedCursor> => {
  const { rows } = await connection.query<FeedCursor>('SELECT position, swept FROM cursors WHERE generation = $1', [
    generation,
  ]);
  return rows[0] ?? { position: 0, swept: false };
};

/** Brings the published set up to the entries, of which the first has the position after `head`. */
const bringUp = async (connection: Connection, entries: Publication['entries'], head: number): Promise<void> => {
  /** What stands at the end for each change, by its key. */
  const last = new Map<string, { readonly key: readonly Value[]; readonly entry: number | null }>();
  for (const [index, { type, holder, proposition, changeId }] of entries.entries()) {
    const key = [holder, proposition, changeId];
    last.set(JSON.stringify(key), { key, entry: type === 'StanceChangeRemoved' ? null : head + index + 1 });
  }
  const all = [...last.values()];
  const gone = all.filter(({ entry }) => entry === null).map(({ key }) => key);
  if (gone.length > 0) await connection.query(dropPublished, keyRows.values(gone));
  const put = all.filter(({ entry }) => entry !== null).map(({ key, entry }) => [...key, entry]);
  if (put.length > 0) await connection.query(putPublished, publishedRows.values(put));
};

/**
 * Publishes in the transaction that is open. Whoever gives out positions holds the one row with the head until he commits,
 * so that they become visible in order, without gaps, whatever else holds true.
 *
 * @throws FeedError `feed-conflict`.
 */
export const publishIn = async (connection: Connection, publication: Publication): Promise<number> => {
  const { generation, after, cursor, recordedAt, entries } = publication;
  const { rows } = await connection.query<{ head: number }>('UPDATE feed SET head = head + $1 RETURNING head', [
    entries.length,
  ]);
  const newHead = rows[0]?.head;
  if (newHead === undefined)
    throw new FeedError('feed-corrupt', 'the feed has lost its head: restore it from a backup');
  // Read under the lock on the head: another publisher would have to wait for it.
  const at = await cursorOf(connection, generation);
  if (at.position !== after.position || at.swept !== after.swept) {
    throw new FeedError(
      'feed-conflict',
      `the feed is not at position ${String(after.position)}: somebody else publishes, too`,
    );
  }
  const head = newHead - entries.length;
  if (entries.length > 0) {
    const given = entries.map((entry, index) => [
      head + index + 1,
      entry.type,
      entry.changeId,
      entry.holder,
      entry.proposition,
      entry.revision,
      entry.detectedAt,
      recordedAt,
      entry.previous,
      entry.replacedBy,
      entry.method.name,
      entry.method.version,
      entry.body,
    ]);
    await connection.query(insertEntries, entryRows.values(given));
    await bringUp(connection, entries, head);
  }
  await connection.query(putCursor, [generation, cursor.position, cursor.swept]);
  if (cursor.swept && !after.swept) await connection.query('DELETE FROM cursors WHERE generation <> $1', [generation]);
  return newHead;
};
