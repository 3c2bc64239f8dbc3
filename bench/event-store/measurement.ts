import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** What every program of this folder takes: the votes, how many of them, and where to put the files. */
export function readArguments() {
  const { values } = parseArgs({
    options: {
      votes: { type: 'string' },
      rows: { type: 'string', default: '100000' },
      folder: { type: 'string', default: tmpdir() },
      requests: { type: 'string', default: '1000' },
      concurrency: { type: 'string', default: '4' },
    },
  });
  if (values.votes === undefined) throw new Error('--votes FILE: the votes, as gzipped NDJSON');
  return {
    votes: values.votes,
    rows: Number(values.rows),
    folder: values.folder,
    requests: Number(values.requests),
    concurrency: Number(values.concurrency),
  };
}

/** Calls an action with a fresh folder, and removes that after it. */
export async function inFreshFolder(parent: string, action: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(parent, 'stance-bench-'));
  try {
    await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints the one line that a program answers with. */
export function printMeasurement(rows: number, seconds: number, more: Readonly<Record<string, number>> = {}): void {
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ rows, seconds, perSecond: Math.round(rows / seconds), peakMemoryMb, ...more }));
}
