import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ActorAnswer, LinesSummary, PropositionAnswer } from '@stance/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { documents, runCli, spawnCli, type CliRun } from '../support/run-cli.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.remove());

const stance = (...args: readonly string[]): Promise<CliRun> => runCli([...args, '--url', service.url]);
const summaryOf = (run: CliRun): LinesSummary['summary'] => (documents(run.stdout).at(-1) as LinesSummary).summary;

const vote = (rollCall: number, actor: string, more: object = {}): object => ({
  actor,
  date: `${1946 + (rollCall % 70)}-12-01`,
  rollCall,
  session: rollCall,
  resolution: `R/${rollCall}`,
  short: rollCall % 3 === 0 ? '' : `TITLE ${rollCall % 4}`,
  issues: [],
  vote: ['yes', 'abstain', 'no'][rollCall % 3],
  ...more,
});

const file = async (name: string, lines: readonly (object | string)[]): Promise<string> => {
  const path = join(service.folder, name);
  await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
};

describe('import un-votes', () => {
  test('records every vote once in each shape, and a second import changes nothing', async () => {
    const votes = await file(
      'votes.ndjson',
      Array.from({ length: 40 }, (_, index) => vote(index, index % 2 === 0 ? 'Côte d’Ivoire' : 'Cuba')),
    );
    for (const shape of ['roll-call', 'title']) {
      const first = await stance('import', 'un-votes', votes, '--by', shape, '--json');
      expect(first.code, first.stderr).toBe(0);
      expect(summaryOf(first)).toMatchObject({ accepted: 40, duplicate: 0, rejected: 0 });
      const { position } = summaryOf(first);
      await stance('actors', '--min-position', String(position));

      const second = await stance('import', 'un-votes', votes, '--by', shape, '--json');
      expect(summaryOf(second)).toMatchObject({ accepted: 0, duplicate: 40, rejected: 0, position });
    }
    const actors = documents((await stance('actors', '--json')).stdout) as ActorAnswer[];
    expect(new Map(actors.map(({ id, name, kind }) => [id, [name, kind]]))).toEqual(
      new Map([
        ['cote-d-ivoire', ['Côte d’Ivoire', 'country']],
        ['cuba', ['Cuba', 'country']],
      ]),
    );
  });

  test('gives names that make one id an actor each, and finds each again', async () => {
    const votes = await file('names.ndjson', [
      vote(50, 'Saint-Lucia'),
      vote(50, 'Saint Lucia'),
      vote(51, 'Saint-Lucia'),
    ]);
    const first = summaryOf(await stance('import', 'un-votes', votes, '--json'));
    expect(first).toMatchObject({ accepted: 3 });
    await stance('actors', '--min-position', String(first.position));
    const actors = documents((await stance('actors', '-q', 'lucia', '--json')).stdout) as ActorAnswer[];
    expect(new Set(actors.map(({ name }) => name))).toEqual(new Set(['Saint-Lucia', 'Saint Lucia']));

    const turned = await file('turned.ndjson', [vote(50, 'Saint Lucia'), vote(50, 'Saint-Lucia')]);
    expect(summaryOf(await stance('import', 'un-votes', turned, '--json'))).toMatchObject({ duplicate: 2 });
  });

  test('leaves what somebody has made better since as it is', async () => {
    const votes = await file('better.ndjson', [vote(61, 'Chad')]);
    await stance('import', 'un-votes', votes);
    await stance('actor', 'put', 'chad', '--name', 'Chad', '--kind', 'country', '--alias', 'Tchad');
    const revised = await stance('proposition', 'revise', 'un-roll-call-61', '--text', 'Better words.', '--json');
    const position = String((documents(revised.stdout) as [{ position: number }])[0].position);
    await stance('actors', '--min-position', position);

    expect(summaryOf(await stance('import', 'un-votes', votes, '--json'))).toMatchObject({ duplicate: 1 });
    const [chad] = documents((await stance('actors', '-q', 'tchad', '--json')).stdout) as ActorAnswer[];
    expect(chad?.aliases.map(({ name }) => name)).toEqual(['Tchad']);
    const found = documents((await stance('propositions', '-q', 'better', '--json')).stdout) as PropositionAnswer[];
    expect(found.map(({ id }) => id)).toEqual(['un-roll-call-61']);
  });

  test('rejects wrong lines by their number and goes on', async () => {
    const votes = await file('wrong.ndjson', [
      vote(70, 'Peru'),
      'not json',
      vote(71, 'Peru', { vote: 'absent' }),
      '',
      vote(72, 'Peru', { date: '2020-02-30' }),
      vote(73, 'Peru'),
      vote(74, 'Peru', { actor: undefined }),
    ]);
    const run = await stance('import', 'un-votes', votes, '--json');
    expect(run.code).toBe(3);
    expect(summaryOf(run)).toMatchObject({ accepted: 2, rejected: 4 });
    const lines = documents(run.stdout).flatMap((document) =>
      'line' in (document as object) ? [(document as { line: number }).line] : [],
    );
    expect(lines).toEqual([2, 3, 5, 7]);
  });

  test(
    'goes on where connections are cut in the middle, and every vote counts once',
    { timeout: 120_000 },
    async () => {
      const count = 3000;
      const votes = await file(
        'cut.ndjson',
        Array.from({ length: count }, (_, index) => vote(100, `Country ${index}`)),
      );
      const proxy = await startCuttingProxy(service.url, 2, 300_000);
      const run = await runCli(['import', 'un-votes', votes, '--json', '--url', proxy.url]);
      await proxy.close();
      expect(run.code, run.stderr).toBe(0);
      expect(proxy.cuts()).toBe(2);
      expect(run.stderr).toContain('trying again');
      const { accepted, duplicate, position } = summaryOf(run);
      expect(accepted + duplicate).toBe(count);

      const stances = await stance('propositions', '--min-position', String(position), '--json');
      expect(stances.code).toBe(0);
      const answer = await fetch(`${service.url}/v1/stances?proposition=un-roll-call-100`, {
        headers: { accept: 'application/x-ndjson' },
      });
      const statements = documents(await answer.text()).map((line) => (line as { statements: number }).statements);
      expect(statements).toEqual(Array.from({ length: count }, () => 1));
    },
  );
});

test('Ctrl-C stops an import that waits for more, and says how to go on', async () => {
  const child = spawnCli(['ingest', '-', '--create-missing', '--url', service.url]);
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.write('{"id":"stopped-1","holder":"h","proposition":"p","direction":"support","saidAt":"2020"}\n');
  while (!(await fetch(`${service.url}/v1/statements/stopped-1`)).ok) expect(child.exitCode).toBeNull();
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(Buffer.concat(stderr).toString()).toContain('1 statement');
});
