import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { LinesSummary, StatementDetail } from '@stance/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { documents, runCli, type CliOptions, type CliRun } from '../support/run-cli.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.remove());

const stance = (args: readonly string[], options: CliOptions = {}): Promise<CliRun> =>
  runCli([...args, '--url', service.url], options);

const summaryOf = (run: CliRun): LinesSummary['summary'] => (documents(run.stdout).at(-1) as LinesSummary).summary;

const statement = (id: string, more: object = {}): string =>
  JSON.stringify({ id, holder: 'desk-a', proposition: 'desk-p', direction: 'support', saidAt: '2020-01-01', ...more });

const linesFile = async (name: string, lines: readonly string[], packed = false): Promise<string> => {
  const file = join(service.folder, name);
  const text = `${lines.join('\n')}\n`;
  await writeFile(file, packed ? gzipSync(text) : text);
  return file;
};

describe('ingest', () => {
  test('records every line of a file, and the second time says that all are duplicates', async () => {
    const file = await linesFile('good.ndjson', [statement('good-1'), statement('good-2'), statement('good-3')]);
    const first = await stance(['ingest', file, '--create-missing', '--json']);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(documents(first.stdout)).toHaveLength(1);
    expect(summaryOf(first)).toMatchObject({ accepted: 3, duplicate: 0, rejected: 0 });

    const second = await stance(['ingest', file, '--json']);
    expect(second.code).toBe(0);
    expect(summaryOf(second)).toMatchObject({ accepted: 0, duplicate: 3, rejected: 0 });
  });

  test('reads gzip and standard input', async () => {
    const file = await linesFile('packed', [statement('packed-1'), statement('packed-2')], true);
    expect(summaryOf(await stance(['ingest', file, '--create-missing', '--json']))).toMatchObject({ accepted: 2 });
    const piped = await stance(['ingest', '-', '--create-missing'], {
      stdin: `${statement('piped-1')}\n${statement('piped-2')}`,
    });
    expect(piped.code).toBe(0);
    expect(piped.stdout).toMatch(
      /^accepted +2\nduplicate +0\nrejected +0\nin .+, up to position (\d+)\nknown at position \1\n$/,
    );
  });

  test('rejects wrong lines by their number, records the others, and ends with 3', async () => {
    const file = await linesFile('mixed.ndjson', [
      statement('mixed-1'),
      '{"id":',
      '',
      statement('mixed-4', { direction: 'sideways' }),
      'x'.repeat(1_100_000),
      statement('mixed-6', { holder: 'nobody-knows' }),
      statement('mixed-7'),
    ]);
    await stance(['ingest', file, '--create-missing', '--json'], {});
    const run = await stance(['ingest', file, '--json']);
    expect(run.code).toBe(3);
    const rejected = documents(run.stdout).slice(0, -1) as { line: number; outcome: string; error: { code: string } }[];
    expect(new Set(rejected.map(({ line }) => line))).toEqual(new Set([2, 4, 5]));
    expect(rejected.every(({ outcome, error }) => outcome === 'rejected' && error.code !== '')).toBe(true);
    expect(summaryOf(run)).toMatchObject({ duplicate: 3, rejected: 3 });
  });

  test('rejects only the first line where that is cut off and whole ones follow', async () => {
    const cut = statement('cut-1').slice(0, 40);
    const run = await stance(['ingest', '-', '--create-missing', '--json'], {
      stdin: `${cut}\n${statement('cut-2')}\n`,
    });
    expect(run.code).toBe(3);
    expect(summaryOf(run)).toMatchObject({ accepted: 1, rejected: 1 });
  });

  test('tells people what is wrong with a line, and where', async () => {
    const run = await stance(['ingest', '-'], {
      stdin: `${statement('told-1', { direction: 'sideways', colour: 'red' })}\n`,
    });
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/^line 1/);
    expect(run.stderr.match(/direction: /g)).toHaveLength(1);
    expect(run.stderr.match(/colour: /g)).toHaveLength(1);
    expect(run.stdout).toMatch(/^rejected +1$/m);
  });

  test('rejects what names somebody unknown, unless told to register them', async () => {
    const line = statement('unknown-1', { holder: 'newcomer' });
    const refused = await stance(['ingest', '-', '--json'], { stdin: line });
    expect(refused.code).toBe(3);
    expect(documents(refused.stdout)[0]).toMatchObject({ line: 1, error: { code: 'unknown-actor' } });
    const told = await stance(['ingest', '-'], { stdin: line });
    expect(told.stderr).toMatch(/`stance actor put`.*--create-missing/s);
    expect(told.stdout).toMatch(/\nin .+ \(\d+ a second\)\n$/);
    expect((await stance(['ingest', '-', '--create-missing'], { stdin: line })).code).toBe(0);
  });

  test.each([
    ['an object over several lines', JSON.stringify(JSON.parse(statement('spread-1')), undefined, 2)],
    ['a list', `[${statement('spread-1')}]`],
  ])('of %s says how it must be written', async (_what, stdin) => {
    const run = await stance(['ingest', '-', '--create-missing'], { stdin });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('one JSON object a line');
  });

  test('of nothing is done at once', async () => {
    const run = await stance(['ingest', '-', '--json'], { stdin: '' });
    expect(run.code).toBe(0);
    expect(summaryOf(run)).toMatchObject({ accepted: 0, duplicate: 0, rejected: 0 });
  });
});

describe('the record', () => {
  test('is corrected, retracted and shown with every version', async () => {
    const quote = { exact: 'it may come', directness: 'indirect' };
    await stance(['ingest', '-', '--create-missing'], { stdin: statement('recorded-1', { holder: 'desk-b', quote }) });
    expect((await stance(['statement', 'recorded-1'])).stdout).toMatch(/^words +it may come \(indirect\)$/m);
    const corrected = await stance([
      'correct',
      'recorded-1',
      '--reason',
      'misread',
      '--patch',
      '{"direction":"oppose"}',
      '--if-revision',
      '0',
      '--json',
    ]);
    expect(corrected.code, corrected.stderr).toBe(0);
    expect(documents(corrected.stdout)).toMatchObject([{ outcome: 'accepted', revision: 1 }]);

    const late = await stance(['retract', 'recorded-1', '--reason', 'withdrawn', '--if-revision', '0']);
    expect(late.code).toBe(1);
    expect(late.stderr).toContain('(revision-mismatch)');
    const retracted = await stance(['retract', 'recorded-1', '--reason', 'withdrawn', '--json']);
    const [{ position }] = documents(retracted.stdout) as [{ position: number }];

    const shown = await stance(['statement', 'recorded-1', '--min-position', String(position), '--json']);
    const [detail] = documents(shown.stdout) as [StatementDetail];
    expect([detail.state, detail.direction, detail.versions.length]).toEqual(['retracted', 'oppose', 2]);
    const text = await stance(['statement', 'recorded-1']);
    expect(text.stdout).toMatch(/^state +retracted/m);
    expect(text.stdout).toMatch(
      /^revision 1 .*\n {2}changed +direction from support to oppose\n {2}because +misread\nretracted +recorded .+\n {2}because +withdrawn\n$/m,
    );
    const history = await stance(['history', 'desk-b', 'desk-p']);
    expect(history.stdout).toContain('or those that were are retracted,\n  replaced, or said later');
  });

  test('of actors and propositions is written and found by any name', async () => {
    await stance(['actor', 'put', 'zola', '--name', 'Émile Zola', '--kind', 'person', '--alias', 'É. Zola']);
    const added = await stance(['actor', 'add-alias', 'zola', 'Zola the Elder', '--from', '1880', '--json']);
    const [{ position }] = documents(added.stdout) as [{ position: number }];
    const found = await stance(['actors', '-q', 'elder', '--min-position', String(position), '--json']);
    expect(documents(found.stdout)).toMatchObject([{ id: 'zola', name: 'Émile Zola', kind: 'person' }]);
    expect((await stance(['actors', '-q', 'elder'])).stdout).toMatch(/^zola +Émile Zola\n +person · also /);

    const put = ['proposition', 'put', 'dreyfus', '--text', 'Dreyfus is innocent.', '--topic', 'justice'];
    expect((await stance(put)).code).toBe(0);
    expect(documents((await stance([...put, '--json'])).stdout)).toMatchObject([{ outcome: 'duplicate' }]);
    const revised = await stance([
      'proposition',
      'revise',
      'dreyfus',
      '--text',
      'Alfred Dreyfus is innocent.',
      '--json',
    ]);
    const after = String((documents(revised.stdout) as [{ position: number }])[0].position);
    const listed = await stance(['propositions', '-q', 'alfred', '--min-position', after, '--json']);
    expect(documents(listed.stdout)).toMatchObject([{ id: 'dreyfus', topics: ['justice'] }]);
  });

  test('of who and what there is already is not replaced without a word', async () => {
    const zola = ['actor', 'put', 'emile', '--kind', 'person', '--name'];
    expect((await stance([...zola, 'Émile', '--alias', 'É. Z.', '--alias', 'Z.'])).stdout).not.toContain('replaced');
    expect((await stance([...zola, 'E. Zola'])).stdout).toMatch(
      /^accepted .+\nreplaced: name was “Émile” · aliases were “É\. Z\.”, “Z\.”\n$/,
    );
    expect((await stance([...zola, 'E. Zola'])).stdout).toMatch(/^duplicate .+\n$/);
    const text = ['proposition', 'put', 'accuse', '--text', 'One should accuse.'];
    await stance([...text, '--topic', 'justice']);
    expect((await stance(text)).stdout).toContain('\nreplaced: topics were “justice”\n');
    const revised = await stance(['proposition', 'revise', 'accuse', '--text', 'All should accuse.']);
    expect(revised.stdout).toContain('\nreplaced: text was “One should accuse.”\n');
    await stance(['topic', 'put', 'letters', '--name', 'Letters']);
    expect((await stance(['topic', 'put', 'letters', '--name', 'Open letters'])).stdout).toContain(
      'name was “Letters”',
    );
  });

  /** What a test rests on, written without the command. */
  const given = async (path: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(service.url + path, { method: 'PUT', headers, body: JSON.stringify(body) });
    expect(status).toBe(201);
  };
  /** The position that a command answers with. */
  const positionOf = ({ code, stdout, stderr }: CliRun): string => {
    expect(code, stderr).toBe(0);
    return /position (\d+)/.exec(stdout)?.[1] ?? '';
  };

  test('of who is the same as whom, and who holds what, is written and shown', async () => {
    await given('/v1/actors/alfred', { name: 'Alfred Dreyfus', kind: 'person' });
    await given('/v1/actors/a-dreyfus', { name: 'A. Dreyfus', kind: 'person' });
    await given('/v1/actors/captain', { name: 'Dreyfus as captain', kind: 'office' });
    positionOf(await stance(['actor', 'membership', 'alfred', 'captain', '--from', '1890-01', '--to', '1890-12']));
    const term = ['--from', '1889', '--to', '1894-12', '--role', 'captain', '--on-behalf-of', 'a-dreyfus'];
    positionOf(await stance(['actor', 'membership', 'alfred', 'captain', ...term]));
    const merged = positionOf(await stance(['actor', 'merge', 'a-dreyfus', 'alfred', '--reason', 'two spellings']));
    const { stdout } = await stance(['actors', '-q', 'dreyfus', '--at', '1890', '--min-position', merged]);
    expect(stdout).toMatch(/^captain +Dreyfus as captain\n +office · held by Alfred Dreyfus$/m);
    expect(stdout).toMatch(/^a-dreyfus +A\. Dreyfus\n +answers as alfred · person$/m);
    positionOf(await stance(['actor', 'unmerge', 'a-dreyfus', '--reason', 'two people']));
  });

  test('of topics and of what follows from what is written and shown', async () => {
    positionOf(await stance(['topic', 'put', 'law', '--name', 'Law', '--alias', 'Droit']));
    positionOf(await stance(['topic', 'put', 'trials', '--name', 'Trials', '--parent', 'law']));
    await given('/v1/propositions/retrial', { text: 'He should be tried again.', topics: ['trials'] });
    await given('/v1/propositions/hearing', { text: 'He should be heard.', topics: ['law'] });
    const last = positionOf(await stance(['proposition', 'relate', 'retrial', 'entails', 'hearing']));
    const topics = await stance(['topics', '--min-position', last]);
    expect(topics.stdout).toMatch(/^law +Law\n +2 propositions · also Droit\ntrials +Law › Trials\n +1 proposition$/m);
    const under = await stance(['propositions', '--topic', 'law', '--json']);
    expect(documents(under.stdout)).toMatchObject([{ id: 'retrial' }, { id: 'hearing' }]);
  });

  test('of a statement that is not there is a problem with its code', async () => {
    const run = await stance(['statement', 'no-such']);
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('(unknown-statement)');
    const json = await stance(['statement', 'no-such', '--json']);
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'unknown-statement', status: 404 } });
  });
});
