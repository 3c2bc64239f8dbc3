import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { shapes } from './shapes.ts';
import type { Shape } from './shapes.ts';

const shapeNamed = (name: string): Shape => {
  const shape = shapes.find((each) => each === name);
  if (shape === undefined) throw new Error(`--shape is one of ${shapes.join(', ')}`);
  return shape;
};

export const readArguments = () => {
  const { values } = parseArgs({
    options: {
      votes: { type: 'string', default: '' },
      rows: { type: 'string', default: '100000' },
      shape: { type: 'string', default: 'roll-call' },
      folder: { type: 'string', default: tmpdir() },
      // An event file made before, to measure on it again.
      events: { type: 'string' },
      out: { type: 'string' },
      // For the programs that measure it: a server that is durable, and how many events go into one transaction.
      postgres: { type: 'string', default: '' },
      batch: { type: 'string', default: '8192' },
    },
  });
  const { votes, rows, shape, folder, events, out, postgres, batch } = values;
  return { votes, rows: Number(rows), shape: shapeNamed(shape), folder, events, out, postgres, batch: Number(batch) };
};

/** Calls an action with a fresh folder and an event file, made by a process of its own so that it is in no figure. */
export const withEvents = async (action: (folder: string, events: string) => Promise<void>): Promise<void> => {
  const { votes, rows, shape, folder: parent, events } = readArguments();
  const folder = mkdtempSync(join(parent, 'stance-bench-'));
  try {
    const file = events ?? join(folder, 'events.db');
    if (events === undefined) {
      const args = ['--votes', votes, '--rows', String(rows), '--shape', shape, '--out', file];
      const made = spawnSync(process.execPath, [resolve(import.meta.dirname, 'events.ts'), ...args], {
        stdio: 'inherit',
      });
      if (made.status !== 0) throw new Error('the event file could not be made');
    }
    await action(folder, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Prints the one line that a program answers with. */
export const printMeasurement = (events: number, seconds: number, before: NodeJS.CpuUsage): void => {
  const { user, system } = process.cpuUsage(before);
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    JSON.stringify({
      rows: events,
      seconds,
      perSecond: Math.round(events / seconds),
      peakMemoryMb,
      cpuSeconds: (user + system) / 1e6,
    }),
  );
};
