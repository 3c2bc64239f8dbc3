/**
 * The ceiling of `postgres.ts`: a bare program that scans and parses the same events and brings one row each into the same
 * table of statements, with its indexes and a checkpoint, in transactions of the same size.
 */
import { defaultMethod } from '@stance/domain';
import { openPostgresReadModelWriter } from '@stance/read-model/postgres';
import Database from 'better-sqlite3';
import { Client } from 'pg';

import { printMeasurement, readArguments, withEvents } from './arguments.ts';
import { freshSchema } from './fresh-schema.ts';

interface Data {
  readonly statementId?: string;
  readonly statement?: { readonly holder: string; readonly proposition: string; readonly direction: string };
}

const { postgres: url, batch } = readArguments();

await withEvents(async (_folder, events) => {
  await using schema = await freshSchema(url, 'stance_bench_bare');
  // It makes the tables and indexes.
  await (await openPostgresReadModelWriter({ url, schema: schema.name, method: defaultMethod })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`SET search_path = ${schema.name}`);
  const log = new Database(events, { readonly: true });
  const page = log
    .prepare<[number, number], [number, string, number, string]>(
      'SELECT position, stream, recorded_at, data FROM events WHERE position > ? ORDER BY position LIMIT ?',
    )
    .raw();
  const histories = new Map<string, number>();
  const before = process.cpuUsage();
  const start = performance.now();
  let position = 0;
  let rows = 0;
  for (;;) {
    const found = page.all(position, batch);
    const last = found.at(-1);
    if (last === undefined) break;
    const columns: [number[], string[], number[], number[], string[]] = [[], [], [], [], []];
    for (const [at, , recordedAt, data] of found) {
      // The same events as those that the projection reads.
      const { statementId, statement } = JSON.parse(data) as Data;
      if (statementId === undefined || statement === undefined) continue;
      const history = `${statement.holder}/${statement.proposition}`;
      const no = histories.get(history) ?? histories.size + 1;
      histories.set(history, no);
      columns[0].push(at);
      columns[1].push(statementId);
      columns[2].push(no);
      columns[3].push(recordedAt);
      columns[4].push(data);
    }
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO statements (position, id, revision, history, recorded_at, known_to, ended_by, said_from, said_to, reason, body)
       SELECT position, id, 0, history, recorded_at, NULL, NULL, 1, 1, NULL, body
       FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[]) AS g(position, id, history, recorded_at, body)`,
      columns,
    );
    [position] = last;
    await client.query('UPDATE checkpoint SET position = $1', [position]);
    await client.query('COMMIT');
    rows += found.length;
  }
  printMeasurement(rows, (performance.now() - start) / 1000, before);
  await client.end();
  log.close();
});
