import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { openSqliteEventStore } from '@stance/event-store/sqlite';
import { expect, it } from 'vitest';

import { temporaryFolder } from '../temporary-folder.ts';

const rounds = process.env['CI'] === 'true' ? 20 : 3;

interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly ids: readonly string[];
}

/** Runs the appending process until it has acknowledged so many requests, then kills it. */
async function appendUntilKilled(path: string, round: number, enough: number): Promise<Acknowledged[]> {
  const fixture = join(import.meta.dirname, 'fixtures', 'append-for-ever.ts');
  const child = spawn(process.execPath, [fixture, path, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [stream, revision, position, ids] = line.split(' ');
    // The last line may be cut off.
    if (stream === undefined || ids === undefined) continue;
    acknowledged.push({ stream, revision: Number(revision), position: Number(position), ids: ids.split(',') });
    if (acknowledged.length === enough) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return acknowledged;
}

it(
  'holds all that was acknowledged, once and without gaps, whenever the process is killed',
  async () => {
    const path = join(temporaryFolder(), 'events.db');
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < rounds; round += 1) {
      acknowledged.push(...(await appendUntilKilled(path, round, 1 + ((round * 131) % 700))));

      const store = await openSqliteEventStore({ path });
      try {
        const head = await store.head();
        const { events } = await store.readAll({ after: 0, limit: head + 1 });
        expect(events.map(({ position }) => position)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
        const streams = Map.groupBy(events, ({ stream }) => stream);
        for (const [stream, held] of streams) {
          expect([stream, ...held.map(({ revision }) => revision)]).toEqual([stream, ...held.keys()]);
        }
        for (const { stream, revision, position, ids } of acknowledged) {
          const held = streams.get(stream) ?? [];
          expect(held.map(({ id }) => id)).toEqual(ids);
          expect(held.at(-1)).toMatchObject({ revision, position });
        }
      } finally {
        await store.close();
      }
    }
  },
  rounds * 10_000,
);
