/** Appends through the port: `--requests` one-event requests a call, `--concurrency` calls at a time. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { openSqliteEventStore } from '@stance/event-store/sqlite';

import { inFreshFolder, printMeasurement, readArguments } from './measurement.ts';
import { readVoteRows } from './vote-rows.ts';

const { votes, rows: limit, folder: parent, requests, concurrency } = readArguments();
const rows = await readVoteRows(votes, limit);

await inFreshFolder(parent, async (folder) => {
  const store = await openSqliteEventStore({ path: join(folder, 'events.db') });
  const metadata = { correlationId: randomUUID() };
  const latencies: number[] = [];
  let next = 0;

  async function appendSome(): Promise<void> {
    while (next < rows.length) {
      const batch = rows.slice(next, next + requests);
      next += requests;
      const sent = performance.now();
      const results = await store.append(
        batch.map(({ stream, id, data }) => ({
          stream,
          expectedRevision: -1,
          events: [{ id, type: 'StatementMade', schemaVersion: 1, data, metadata }],
        })),
      );
      latencies.push(performance.now() - sent);
      if (results.some(({ outcome }) => outcome !== 'appended')) throw new Error('a row was not appended');
    }
  }

  const start = performance.now();
  await Promise.all(Array.from({ length: concurrency }, appendSome));
  const seconds = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  const percentile = (share: number): number =>
    Number(latencies[Math.floor((latencies.length - 1) * share)]?.toFixed(2));
  printMeasurement(rows.length, seconds, { p50Ms: percentile(0.5), p99Ms: percentile(0.99), maxMs: percentile(1) });
  await store.close();
});
