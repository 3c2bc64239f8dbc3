import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { runCli } from '../support/run-cli.ts';
import { startService } from '../support/service.ts';

/** Something in the place of the service, for what the service itself does only now and then. */
const standIn = async (answer: Parameters<typeof createServer>[1]): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test('who gives no token to a service that wants one is told how to give it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stance-cli-tokens-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'tokens.json');
  const made = await runCli(['token', 'new', 'desk', '--scopes', 'read', '--json']);
  const { token, entry } = JSON.parse(made.stdout) as { token: string; entry: object };
  await writeFile(file, JSON.stringify({ tokens: [entry] }));
  const service = await startService({ STANCE_TOKENS: file });
  onTestFinished(() => service.remove());

  const refused = await runCli(['actors', '--url', service.url]);
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toMatch(/--token.*STANCE_TOKEN/);
  expect((await runCli(['actors', '--url', service.url], { env: { STANCE_TOKEN: token } })).code).toBe(0);
});

test('a connection that breaks off is said to leave a write safe, and nothing of the kind of a read', async () => {
  const url = await standIn((request) => request.socket.destroy());
  const read = await runCli(['actors', '--url', url]);
  const write = await runCli(['retract', 's', '--reason', 'r', '--url', url]);
  for (const { code, stderr } of [read, write])
    expect([code, stderr]).toEqual([1, expect.stringContaining('broke off')]);
  expect(read.stderr).not.toContain('again');
  expect(write.stderr).toContain('Sending the same again is safe');
});

test.each([
  ['tells how far answers lie behind', 200, 'known at position 4, 3 behind: answers do not have all of it yet\n', ''],
  ['says so where that cannot be asked', 503, '', 'How far answers have it could not be asked: Not yet.\n'],
] as const)('an ingest %s', async (_what, status, last, note) => {
  const problem = {
    type: 'about:blank',
    title: 'Not yet',
    status: 503,
    detail: 'Not yet.',
    code: 'not-caught-up',
    retryable: true,
    requestId: 'r',
  };
  const url = await standIn((request, response) => {
    request.resume();
    const json = (code: number, body: object): void => {
      response.writeHead(code, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
    };
    if (request.method === 'POST') json(200, { summary: { accepted: 1, duplicate: 0, rejected: 0, position: 7 } });
    else if (status === 503 || request.url?.includes('minPosition=7') === true) json(503, problem);
    else json(200, { knownAt: 4, items: [] });
  });
  const run = await runCli(['ingest', '-', '--url', url], { stdin: '{}\n' });
  expect([run.code, run.stderr]).toEqual([0, note]);
  expect(run.stdout.slice(run.stdout.indexOf('up to position'))).toBe(`up to position 7\n${last}`);
});
