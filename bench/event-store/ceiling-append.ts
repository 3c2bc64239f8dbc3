/** The ceiling of `append.ts`: a bare program that inserts the same rows with the same unique keys, as durably. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import Database from 'better-sqlite3';

import { inFreshFolder, printMeasurement, readArguments } from './measurement.ts';
import { readVoteRows } from './vote-rows.ts';

const { votes, rows: limit, folder: parent, requests } = readArguments();
const rows = await readVoteRows(votes, limit);

await inFreshFolder(parent, (folder) => {
  const database = new Database(join(folder, 'events.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`
    CREATE TABLE events (
      position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
      type TEXT NOT NULL, schema_version INTEGER NOT NULL, recorded_at INTEGER NOT NULL, metadata TEXT NOT NULL,
      data TEXT NOT NULL, UNIQUE (stream, revision)
    ) STRICT`);
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const correlationId = randomUUID();
  const metadata = JSON.stringify({ correlationId, batchId: correlationId });
  let position = 0;
  const insertBatch = database.transaction((batch: typeof rows) => {
    const now = Date.now();
    for (const { stream, id, data } of batch) {
      position += 1;
      insert.run(position, stream, 0, id, 'StatementMade', 1, now, metadata, data);
    }
  });
  const start = performance.now();
  for (let from = 0; from < rows.length; from += requests) insertBatch.immediate(rows.slice(from, from + requests));
  printMeasurement(rows.length, (performance.now() - start) / 1000);
  database.close();
});
