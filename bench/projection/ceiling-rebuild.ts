/** The ceiling of `rebuild.ts`: a bare program that scans and parses the same events and writes one row each. */
import { join } from 'node:path';

import Database from 'better-sqlite3';

import { printMeasurement, withEvents } from './arguments.ts';

interface Data {
  readonly statementId?: string;
  readonly statement?: { readonly holder: string; readonly proposition: string; readonly direction: string };
}

const perTransaction = 5000;

await withEvents(async (folder, events) => {
  const log = new Database(events, { readonly: true });
  const target = new Database(join(folder, 'ceiling.db'));
  target.pragma('journal_mode = WAL');
  target.pragma('synchronous = NORMAL');
  target.exec(`
    CREATE TABLE rows (id TEXT PRIMARY KEY, history TEXT NOT NULL, direction TEXT, position INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX rows_history ON rows (history, position)`);
  const insert = target.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?)');
  const page = log
    .prepare<[number, number], [number, string, string]>(
      'SELECT position, stream, data FROM events WHERE position > ? ORDER BY position LIMIT ?',
    )
    .raw();
  const write = target.transaction((rows: readonly [number, string, string][]) => {
    for (const [position, stream, data] of rows) {
      // The same events as those that the projection reads.
      const { statement } = JSON.parse(data) as Data;
      const history = statement === undefined ? stream : `${statement.holder}/${statement.proposition}`;
      insert.run(stream, history, statement?.direction ?? null, position, data);
    }
  });
  const before = process.cpuUsage();
  const start = performance.now();
  let position = 0;
  for (;;) {
    const rows = page.all(position, perTransaction);
    const last = rows.at(-1);
    if (last === undefined) break;
    write(rows);
    [position] = last;
  }
  printMeasurement(position, (performance.now() - start) / 1000, before);
  target.close();
  log.close();
});
