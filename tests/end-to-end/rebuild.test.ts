import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, watch } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';

import { newFiles, startService } from './support/service.ts';
import type { Files, Service } from './support/service.ts';

const program = join(dirname(createRequire(import.meta.url).resolve('@stance/cli')), 'main.ts');

/** `stance rebuild` on these files. */
const startRebuild = ({ events, readModel, feed }: Files) =>
  spawn(process.execPath, [program, 'rebuild'], {
    env: {
      PATH: process.env['PATH'],
      STANCE_EVENT_STORE_URL: `sqlite:${events}`,
      STANCE_READ_MODEL_URL: `sqlite:${readModel}`,
      STANCE_FEED_STORE_URL: `sqlite:${feed}`,
    },
    stdio: 'ignore',
  });

const ended = async (child: ReturnType<typeof startRebuild>): Promise<unknown> => {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal ?? code;
};

/** What tells one making of the read model from another. */
const generationOf = ({ readModel }: Files): unknown => {
  const db = new Sqlite(readModel, { readonly: true });
  try {
    return db.prepare('SELECT generation FROM checkpoint').pluck().get();
  } finally {
    db.close();
  }
};

/** Two thousand statements, all readable when this resolves; gives the last position. */
const recordMany = async (service: Service): Promise<number> => {
  const lines = Array.from({ length: 2000 }, (_, index) => ({
    holder: `h${index % 50}`,
    proposition: `p${index % 7}`,
    direction: index % 3 === 0 ? 'oppose' : 'support',
    saidAt: '2024-01-10',
    utteranceId: `u${index}`,
  }));
  const { summary } = await service.postLines('/v1/statements?createMissing=true&results=errors', lines);
  expect(summary).toMatchObject({ accepted: 2000, rejected: 0 });
  await service.ask(`/v1/changes?limit=1&minPosition=${summary.position}`);
  return summary.position;
};

test('a rebuild that is killed leaves the read model as it was, and the next one takes its place', async () => {
  const files = await newFiles();
  const service = await startService(files);
  const position = await recordMany(service);
  await service.stop();
  const before = generationOf(files);

  const killed = startRebuild(files);
  const watching = watch(dirname(files.readModel), () => {
    if (existsSync(`${files.readModel}.rebuild`)) killed.kill('SIGKILL');
  });
  expect(await ended(killed)).toBe('SIGKILL');
  watching.close();
  expect(generationOf(files)).toBe(before);

  expect(await ended(startRebuild(files))).toBe(0);
  expect(existsSync(`${files.readModel}.rebuild`)).toBe(false);
  expect(generationOf(files)).not.toBe(before);
  const again = await startService(files);
  expect(await again.ask(`/v1/changes?limit=1&minPosition=${position}`)).toMatchObject({ knownAt: position });
});

test('a service whose read model is made anew never answers as if little were recorded', async () => {
  const files = await newFiles();
  const service = await startService(files);
  const position = await recordMany(service);
  await service.stop();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${files.readModel}${suffix}`, { force: true });

  const again = await startService(files);
  const ask = () => again.get<{ knownAt?: number; code?: string }>('/v1/changes?limit=1');
  let read = await ask();
  while (read.status === 503) {
    expect(read.body.code).toBe('not-caught-up');
    read = await ask();
  }
  expect(read).toMatchObject({ status: 200, body: { knownAt: position } });
});
