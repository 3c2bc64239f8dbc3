import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { runCli, spawnCli } from '../support/run-cli.ts';

let foreign: Server;
let foreignUrl = '';
let closedUrl = '';

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  foreign = createServer((request, response) => {
    request.resume();
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Some other program</h1>');
  });
  foreignUrl = await listening(foreign);
  const gone = createServer();
  closedUrl = await listening(gone);
  await new Promise((resolve) => gone.close(resolve));
});
afterAll(() => new Promise((resolve) => foreign.close(resolve)));

test('a reader who goes away before the help ends is no failure', async () => {
  const child = spawnCli(['--help']);
  child.stdout.destroy();
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
});

describe('the command', () => {
  test.each<[string, readonly string[], number]>([
    ['without a command', [], 2],
    ['with an unknown command', ['flip'], 2],
    ['asked for the help of an unknown command', ['help', 'flip'], 2],
    ['asked for the help of an unknown command below another', ['help', 'import', 'flip'], 2],
    ['with an unknown option', ['actors', '--flip'], 2],
    ['without an argument it needs', ['history', 'joe-biden'], 2],
    ['with an argument too many', ['history', 'a', 'b', 'c'], 2],
    ['with a limit that is no number', ['actors', '--limit', 'all'], 2],
    ['with a shape that there is not', ['import', 'un-votes', 'x', '--by', 'country'], 2],
    ['with a kind of actor that there is not', ['actor', 'put', 'x', '--name', 'X', '--kind', 'ship'], 2],
    ['without anything to compare', ['compare'], 2],
    ['with words given twice', ['actors', 'biden', '-q', 'biden'], 2],
    ['with two things to compare', ['compare', 'trainers', '--topic', 'war'], 2],
    ['with a relation that there is not', ['proposition', 'relate', 'a', 'implies', 'b'], 2],
    ['with a URL that is none', ['actors', '--url', 'localhost:4000'], 2],
    ['with a patch that is not JSON', ['correct', 's', '--reason', 'r', '--patch', '{'], 2],
    ['with a patch that is no object', ['correct', 's', '--reason', 'r', '--patch', '[]'], 2],
    ['with a scope that there is not', ['token', 'new', 'x', '--scopes', 'all'], 2],
    ['with a name for a token that its file refuses', ['token', 'new', 'the desk', '--scopes', 'read'], 2],
    ['with a file that is not there', ['ingest', 'no-such-file.ndjson'], 1],
    ['with a folder in place of a file', ['ingest', '.'], 1],
    ['with a folder that holds no example', ['import', 'examples', 'no-such-folder'], 1],
  ])('%s ends with the code that says so', async (_, args, code) => {
    const run = await runCli(args);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toMatch(/^(error|Usage): /);
    expect(run.stderr).not.toMatch(/^ {4}at /m);
  });

  test.each<readonly string[]>([
    ['--help'],
    ['import', 'un-votes', '--help'],
    ['help'],
    ['help', 'import'],
    ['help', 'import', 'un-votes'],
  ])('tells how it is used: %s', async (...args) => {
    const run = await runCli(args);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^Usage: /);
  });

  test('says in words why a folder of examples cannot be read, and what belongs there', async () => {
    const { stderr } = await runCli(['import', 'examples', 'no-such-folder']);
    expect(stderr).toMatch(
      /^error: Cannot read no-such-folder\/actors\.ndjson: there is no such file\n {2}Name a folder/,
    );
  });

  test('refuses a misspelt variable, as the service does', async () => {
    const run = await runCli(['actors'], { env: { STANCE_TOKNE: 'x', STANCE_URL: closedUrl } });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('STANCE_TOKNE: there is no such variable; did you mean STANCE_TOKEN?');
  });

  test('takes a path as it was meant where npm has changed the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stance-cli-caller-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'lines.ndjson'), '{}\n');
    const asked = (env: Record<string, string>) => runCli(['ingest', 'lines.ndjson', '--url', closedUrl], { env });
    expect((await asked({ npm_lifecycle_event: 'stance', INIT_CWD: folder })).stderr).toContain('Nothing answers');
    expect((await asked({ npm_lifecycle_event: 'test', INIT_CWD: folder })).stderr).toContain('there is no such file');
  });

  test('tells its version', async () => {
    const run = await runCli(['--version']);
    expect([run.code, run.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  test.each<readonly string[]>([['actors'], ['ingest', '-'], ['import', 'un-votes', '-'], ['statement', 'x']])(
    'says how to start the service where nothing answers: %s',
    async (...args) => {
      const run = await runCli([...args, '--url', closedUrl], { stdin: '{}\n' });
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(`Nothing answers at ${closedUrl} (ECONNREFUSED)`);
      expect(run.stderr).toContain('npm start');
    },
  );

  test('says so where another program answers', async () => {
    const run = await runCli(['actors', '--url', foreignUrl]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('does not answer as a stance tracker does');
  });

  test('says what went wrong as JSON on standard error, and nothing on standard output, with --json', async () => {
    const run = await runCli(['actors', '--json', '--url', closedUrl]);
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'service-unreachable' } });
  });

  test('finds the service where its configuration puts it', async () => {
    const { port } = new URL(closedUrl);
    const run = await runCli(['actors'], { env: { STANCE_HOST: '0.0.0.0', STANCE_PORT: port } });
    expect(run.stderr).toContain(`Nothing answers at ${closedUrl}`);
  });

  test('makes a token whose hash stands in its entry', async () => {
    const run = await runCli(['token', 'new', 'desk', '--scopes', 'read,write', '--json']);
    const { createHash } = await import('node:crypto');
    const { token, entry } = JSON.parse(run.stdout) as { token: string; entry: unknown };
    expect(entry).toEqual({
      name: 'desk',
      sha256: createHash('sha256').update(token).digest('hex'),
      scopes: ['read', 'write'],
    });
  });
});
