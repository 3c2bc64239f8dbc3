import { execFileSync } from 'node:child_process';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { lineResultSchema, linesSummarySchema } from '@stance/contracts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { eventsOf } from './support/aftermath.ts';
import { exchange } from './support/exchange.ts';
import type { Received } from './support/exchange.ts';
import { good, recordedEvents, recordGood } from './support/given.ts';
import { expectProblem } from './support/refusal.ts';
import { environmentIn, newFolder, startProgram } from './support/service.ts';
import type { Started } from './support/service.ts';
import { mountSmallDisk } from './support/small-disk.ts';

const long = 'x'.repeat(20_000);

const startIn = async (folder: string): Promise<{ readonly started: Started; readonly port: number }> => {
  const started = startProgram(environmentIn(folder));
  onTestFinished(async () => {
    started.child.kill('SIGKILL');
    await started.ended;
  });
  return { started, port: Number(new URL(await started.address).port) };
};

const post = (port: number, fields: object): Promise<Received> =>
  exchange(port, { path: '/v1/statements', body: { ...good, ...fields } });

/** Writes until it is refused; gives the ids that were acknowledged, and the refusal. */
const writeUntilRefused = async (port: number): Promise<{ acknowledged: string[]; refusal: Received }> => {
  const acknowledged: string[] = [];
  for (let number = 0; ; number += 1) {
    const id = `long-${number}`;
    const refusal = await post(port, { id, source: { title: 'On taxes' }, quote: quoteOf(id) });
    if (refusal.status !== 201) return { acknowledged, refusal };
    acknowledged.push(id);
  }
};

const quoteOf = (id: string) => ({ exact: id.padEnd(9_000, '.'), directness: 'direct' });

const recordedIds = async (folder: string): Promise<string[]> =>
  (await eventsOf(join(folder, 'events.db')))
    .slice(recordedEvents)
    .map(({ stream }) => stream.replace('statement-', ''));

const expectServing = async (port: number, position: number): Promise<void> => {
  // A projector that died for want of space is started again after a while.
  await vi.waitFor(
    async () => {
      const ready = await exchange(port, { path: '/readyz' });
      expect(ready, ready.text).toMatchObject({ status: 200 });
      const read = await exchange(port, { path: `/v1/actors?minPosition=${position}` });
      expect(read, read.text).toMatchObject({ status: 200 });
    },
    { timeout: 25_000, interval: 100 },
  );
};

describe('a disk that is full', () => {
  it('is told as a problem, holds nothing half done, and is written to again once there is room', async (context) => {
    const folder = await mountSmallDisk(8);
    if (folder === undefined) return context.skip('the system does not let us mount a small disk');
    const { port } = await startIn(folder);
    await recordGood({ port });
    await expectServing(port, recordedEvents);
    // Little is left, and no more than what is needed to come across the end within a few statements.
    const { bavail, bsize } = await statfs(folder);
    await writeFile(join(folder, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 400_000)));

    const { acknowledged, refusal } = await writeUntilRefused(port);

    const problem = expectProblem(refusal, 'store-unavailable');
    expect(problem.detail).toContain('full');
    expect(refusal.headers['retry-after']).toMatch(/^\d+$/);
    expect(await recordedIds(folder)).toEqual(acknowledged);
    expect(await exchange(port, { path: '/healthz' })).toMatchObject({ status: 200 });

    const lines = ['a', 'b'].map((id) =>
      JSON.stringify({ ...good, id, quote: quoteOf(`${id}${long.slice(0, 8000)}`) }),
    );
    const streamed = await exchange(port, {
      path: '/v1/statements',
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${lines.join('\n')}\n`,
    });
    const answered = streamed.text.trimEnd().split('\n');
    const { stopped } = linesSummarySchema.parse(JSON.parse(answered.pop() ?? '')).summary;
    expect(stopped?.error).toMatchObject({ code: 'store-unavailable', retryable: true });
    for (const line of answered) {
      const { error } = lineResultSchema.parse(JSON.parse(line));
      expect(error).toMatchObject({ code: 'store-unavailable', retryable: true });
    }
    expect(await recordedIds(folder)).toEqual(acknowledged);

    await rm(join(folder, 'ballast'));
    const id = `long-${acknowledged.length}`;
    await vi.waitFor(
      async () => {
        const again = await post(port, { id, source: { title: 'On taxes' }, quote: quoteOf(id) });
        expect(again, again.text).toMatchObject({ status: 201 });
      },
      { timeout: 10_000 },
    );
    expect(await recordedIds(folder)).toEqual([...acknowledged, id]);
    await expectServing(port, recordedEvents + acknowledged.length + 1);
  }, 60_000);
});

const canLimit = (): boolean => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe('a file that may not grow', () => {
  it.skipIf(!canLimit())(
    'is told as a problem, holds nothing half done, and is written to again once it may (needs prlimit)',
    async () => {
      const folder = await newFolder();
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const { started, port } = await startIn(folder);
      const limit = (bytes: string): void => {
        execFileSync('prlimit', ['--pid', String(started.child.pid), `--fsize=${bytes}:`]);
      };
      await recordGood({ port });
      await expectServing(port, recordedEvents);
      limit('400000');

      const { acknowledged, refusal } = await writeUntilRefused(port);

      expectProblem(refusal, 'store-unavailable');
      expect(await recordedIds(folder)).toEqual(acknowledged);
      expect(await exchange(port, { path: '/healthz' })).toMatchObject({ status: 200 });

      limit('unlimited');
      const id = `long-${acknowledged.length}`;
      const again = await post(port, { id, source: { title: 'On taxes' }, quote: quoteOf(id) });
      expect(again, again.text).toMatchObject({ status: 201 });
      expect(await recordedIds(folder)).toEqual([...acknowledged, id]);
      await expectServing(port, recordedEvents + acknowledged.length + 1);
    },
    60_000,
  );
});
