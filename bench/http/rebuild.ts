/**
 * A rebuild of the read model beside the one that serves, while statements come in and queries are asked: how long
 * queries take before, during and after it, how fast it is, and how fast the same is while nobody asks for anything.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { freshDatabase } from '../cluster/fresh-database.ts';
import { readArguments } from './arguments.ts';
import { load, prepare, published } from './load.ts';
import { both, createMixedLoad } from './mixed-load.ts';
import type { Measured } from './mixed-load.ts';
import { withService } from './service.ts';
import type { StatementLine } from './statement-line.ts';

const warmUpSeconds = 3;
/** One in so many votes is asked about. */
const sampled = 797;
/** How often it is looked whether the new version is ready, in milliseconds. */
const look = 100;
const longestRebuildSeconds = 600;

const given = readArguments();
const samples: StatementLine[] = [];
let seen = 0;
const bodies = await prepare(given, (statement) => {
  if (seen++ % sampled === 0) samples.push(statement);
});
const run = promisify(execFile);
const stance = resolve(import.meta.dirname, '../../services/cli/src/main.ts');

interface Version {
  readonly version: number;
  readonly state: string;
  readonly halted?: { readonly message: string };
}

await using database = given.postgres === '' ? null : await freshDatabase(given.postgres);
await withService(
  given.folder,
  async (service) => {
    const { port } = service;
    const path = '/v1/projections/default/versions';
    const call = async <Answer>(method: 'GET' | 'POST', at: string, body?: object): Promise<Answer> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`http://127.0.0.1:${port}${at}`, {
        method,
        ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${at} was answered with ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as Answer;
    };
    /** Makes a version ready. @returns how many events a second that was */
    const rebuild = async (): Promise<{ readonly version: number; readonly perSecond: number }> => {
      const begun = performance.now();
      const { version } = await call<Version>('POST', path, {});
      for (;;) {
        const { items } = await call<{ items: Version[] }>('GET', path);
        const made = items.find((each) => each.version === version);
        if (made?.halted !== undefined) throw new Error(made.halted.message);
        if (made?.state === 'ready') break;
        await pause(look);
      }
      return { version, perSecond: Math.round((given.rows / (performance.now() - begun)) * 1000) };
    };

    const loaded = await load(port, bodies);
    await service.passed(loaded);
    await published(port, loaded);
    const undisturbed = await rebuild();
    await call('POST', `${path}/${undisturbed.version}/drop`);

    const traffic = createMixedLoad(port, samples, given.load);
    await traffic.run({ seconds: warmUpSeconds });
    const before = await traffic.run({ seconds: given.seconds });
    const stopping = new AbortController();
    const meanwhile = traffic.run({ seconds: longestRebuildSeconds, stopping: stopping.signal });
    const { version, perSecond } = await rebuild();
    stopping.abort();
    const during = await meanwhile;
    const switching = traffic.run({ seconds: given.seconds });
    await call('POST', `${path}/${version}/switch`);
    const after = await switching;
    const failed = [before, during, after].flatMap((measured) => measured.failed);
    for (const failure of failed.slice(0, 5)) console.error(failure);

    const { stdout } = await run(process.execPath, [stance, 'verify', '--json'], {
      env: { ...process.env, ...service.env },
      maxBuffer: 2 ** 26,
    });
    const told = (measured: Measured) =>
      Object.fromEntries([...measured.asked].map(([name, latencies]) => [name, both(latencies)]));
    console.log(
      JSON.stringify({
        rows: given.rows,
        undisturbed: undisturbed.perSecond,
        perSecond,
        share: Math.round((perSecond / undisturbed.perSecond) * 100),
        before: told(before),
        during: told(during),
        after: told(after),
        failed: failed.length,
        different: (JSON.parse(stdout) as { equal: boolean }).equal ? 0 : 1,
      }),
    );
  },
  database === null ? {} : { STANCE_READ_MODEL_URL: database.url, STANCE_FEED_STORE_URL: database.url },
);
